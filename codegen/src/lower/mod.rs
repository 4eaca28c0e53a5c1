//! From types in R's terms to modules of a target language: names are given, classes and enumerations are made.
//!
//! The result, a [`Module`], is the same shape for both languages and differs in its names. It is finished: emitters only
//! print it.

mod describe;

use crate::diagnostics::Diagnostics;
use crate::infer::{self, Atomic, Type, TypedPackage};
use crate::ir::text::{Block, Inline};
use crate::ir::{Help, Object};
use crate::names::{self, Claim, Language, Place, Scope};

/// A module of generated code.
#[derive(Clone, Debug)]
pub struct Module {
    /// The R package.
    pub package: String,
    /// The module's name, an identifier.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The version of R that the package was read with.
    pub r_version: String,
    /// The package's title.
    pub title: String,
    /// The package's description.
    pub description: String,
    /// The data sets, sorted by name.
    pub datasets: Vec<DataSet>,
    /// The classes, sorted by name.
    pub classes: Vec<Class>,
    /// The enumerations, sorted by name.
    pub enums: Vec<Enum>,
}

/// A data set.
#[derive(Clone, Debug)]
pub struct DataSet {
    /// Its name in R.
    pub r_name: String,
    /// Its name, an identifier.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Its documentation.
    pub doc: Doc,
}

/// A data frame or a record with typed members.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its name, an identifier.
    pub name: String,
    /// What it is in R: `mtcars`, or `x$y` for a list within a list.
    pub r_name: String,
    /// The index of the data set whose own class this is.
    pub dataset: Option<usize>,
    /// Which kind of list.
    pub shape: Shape,
    /// Its members, in R's order.
    pub members: Vec<Member>,
    /// Its documentation.
    pub doc: Doc,
}

/// Which kind of list a class stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A data frame.
    Frame,
    /// A list with named elements.
    Record,
}

/// A column or an element.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its index, counted from zero.
    pub index: usize,
    /// Its name in R.
    pub r_name: String,
    /// Its name, an identifier.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// What the help page says about it, or else what it is.
    pub doc: Vec<Block>,
}

/// The levels of a factor.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name, an identifier.
    pub name: String,
    /// What it is in R: `iris$Species`.
    pub r_name: String,
    /// Whether the levels are ordered.
    pub ordered: bool,
    /// The levels, in R's order.
    pub variants: Vec<Variant>,
}

/// A level of a factor.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name, an identifier.
    pub name: String,
    /// The level.
    pub level: String,
}

/// A type, as generated code refers to it.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A vector.
    Vector(Atomic),
    /// A vector with two dimensions.
    Matrix(Atomic),
    /// A vector with another number of dimensions.
    Array(Atomic),
    /// A vector or matrix along time.
    TimeSeries(Box<TypeRef>),
    /// A factor with the levels of an enumeration.
    Factor(String),
    /// A factor with any levels.
    OpenFactor,
    /// A generated class.
    Class(String),
    /// A list.
    List,
    /// A function.
    Function,
    /// An environment.
    Environment,
    /// Any value.
    Any,
}

/// Documentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// The title of the help page.
    pub title: Vec<Inline>,
    /// One paragraph that says what the object is, taken from its schema.
    pub summary: Vec<Inline>,
    /// The description of the help page.
    pub description: Vec<Block>,
    /// The help topic.
    pub topic: Option<String>,
}

/// The name of the module for a package.
pub fn module_name(package: &str, language: Language) -> String {
    names::value(package, language)
}

/// Lowers a package for one language.
pub fn lower(typed: &TypedPackage<'_>, language: Language, diagnostics: &mut Diagnostics) -> Module {
    let package = typed.package;
    // Names with a leading dot are internal by R's convention.
    let mut datasets: Vec<&infer::TypedDataSet<'_>> =
        typed.datasets.iter().filter(|one| !one.dataset.name.starts_with('.')).collect();
    datasets.sort_by_key(|one| &one.dataset.name);

    let claims: Vec<Claim> = datasets
        .iter()
        .map(|one| Claim::value(&one.dataset.name, format!("the data set `{}`", one.dataset.name), language))
        .collect();
    let given = Scope::new(&package.name, language, Place::Module).claim(&claims, diagnostics);
    // A module has one scope for data sets and classes (in Rust because a tuple struct is a function too): a data set
    // `Orange` keeps its name, and its class is `Orange_`.
    let mut types = Scope::new(&package.name, language, Place::Type);
    given.iter().for_each(|name| types.reserve(name));

    let mut lowering = Lowering {
        package: &package.name,
        language,
        types,
        classes: Vec::new(),
        enums: Vec::new(),
        diagnostics,
    };
    let mut lowered = Vec::new();
    for (index, (one, name)) in datasets.iter().zip(given).enumerate() {
        let dataset = one.dataset;
        let help = dataset.help.as_ref();
        let path = Path { words: vec![&dataset.name], dataset: Some(index) };
        let ty = lowering.type_ref(&one.ty, &path, &dataset.object, help);
        let doc = doc(&dataset.object, help, &dataset.name);
        lowered.push(DataSet { r_name: dataset.name.clone(), name, ty, doc });
    }
    let Lowering { mut classes, mut enums, .. } = lowering;
    // Classes refer to data sets by their place, which sorting changes.
    let mut order: Vec<usize> = (0..lowered.len()).collect();
    order.sort_by_key(|&index| sort_key(&lowered[index].name));
    for class in &mut classes {
        class.dataset = class.dataset.and_then(|old| order.iter().position(|&index| index == old));
    }
    lowered.sort_by_key(|one| sort_key(&one.name));
    classes.sort_by_key(|one| sort_key(&one.name));
    enums.sort_by_key(|one| sort_key(&one.name));
    Module {
        package: package.name.clone(),
        name: module_name(&package.name, language),
        version: package.version.clone(),
        r_version: package.r_version.clone(),
        title: package.title.clone(),
        description: package.description.clone(),
        datasets: lowered,
        classes,
        enums,
    }
}

/// Alphabetical as in a dictionary: `CO2` beside `co2`.
fn sort_key(name: &str) -> (String, String) {
    (name.to_lowercase(), name.to_owned())
}

fn doc(object: &Object, help: Option<&Help>, name: &str) -> Doc {
    Doc {
        title: help.map(|help| help.title.clone()).unwrap_or_default(),
        summary: describe::object(object),
        description: help.map(|help| help.description.clone()).unwrap_or_default(),
        topic: Some(help.map_or(name, |help| &help.topic).to_owned()).filter(|_| help.is_some()),
    }
}

/// Where a type stands: the data set and the names of the lists around it.
#[derive(Clone)]
struct Path<'a> {
    words: Vec<&'a str>,
    /// The data set itself, where this is not a part of it.
    dataset: Option<usize>,
}

impl<'a> Path<'a> {
    fn join(&self, word: &'a str) -> Path<'a> {
        let mut words = self.words.clone();
        words.push(word);
        Path { words, dataset: None }
    }

    /// As R would spell it: `iris$Species`.
    fn r_name(&self) -> String {
        self.words.join("$")
    }
}

struct Lowering<'a> {
    package: &'a str,
    language: Language,
    types: Scope<'a>,
    classes: Vec<Class>,
    enums: Vec<Enum>,
    diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    fn type_ref(&mut self, ty: &Type<'_>, path: &Path<'_>, object: &Object, help: Option<&Help>) -> TypeRef {
        match ty {
            Type::Vector(atomic) => TypeRef::Vector(*atomic),
            Type::Matrix(atomic) => TypeRef::Matrix(*atomic),
            Type::Array(atomic) => TypeRef::Array(*atomic),
            Type::TimeSeries(inner) => {
                TypeRef::TimeSeries(Box::new(self.type_ref(inner, path, object, help)))
            }
            Type::Factor { levels, ordered } => TypeRef::Factor(self.enumeration(levels, *ordered, path)),
            Type::OpenFactor => TypeRef::OpenFactor,
            Type::Frame(fields) => TypeRef::Class(self.class(Shape::Frame, fields, path, object, help)),
            Type::Record(fields) => TypeRef::Class(self.class(Shape::Record, fields, path, object, help)),
            Type::List => TypeRef::List,
            Type::Function => TypeRef::Function,
            Type::Environment => TypeRef::Environment,
            Type::Any => TypeRef::Any,
        }
    }

    fn class(
        &mut self,
        shape: Shape,
        fields: &[infer::Field<'_>],
        path: &Path<'_>,
        object: &Object,
        help: Option<&Help>,
    ) -> String {
        let name = self.name_type(path);
        let types: Vec<TypeRef> = fields
            .iter()
            .map(|field| self.type_ref(&field.ty, &path.join(field.name), field.object, None))
            .collect();
        let what = match shape {
            Shape::Frame => "column",
            Shape::Record => "element",
        };
        let claims: Vec<Claim> = fields
            .iter()
            .map(|field| {
                let what = format!("the {what} `{}` of `{}`", field.name, path.r_name());
                Claim::value(field.name, what, self.language)
            })
            .collect();
        let mut scope = Scope::new(self.package, self.language, Place::Member);
        if self.language == Language::Python {
            // In the body of a Python class a member hides a type of the same name, which annotations mean.
            types.iter().filter_map(TypeRef::generated).for_each(|name| scope.reserve(name));
        }
        let names = scope.claim(&claims, self.diagnostics);
        let members = fields
            .iter()
            .zip(names)
            .zip(types)
            .map(|((field, name), ty)| {
                let said = help.and_then(|help| help.items.get(field.name)).cloned();
                let doc = said.unwrap_or_else(|| vec![Block::Text(describe::object(field.object))]);
                Member { index: field.index, r_name: field.name.to_owned(), name, ty, doc }
            })
            .collect();
        let (dataset, r_name) = (path.dataset, path.r_name());
        let doc = doc(object, help, &r_name);
        self.classes.push(Class { name: name.clone(), r_name, dataset, shape, members, doc });
        name
    }

    fn enumeration(&mut self, levels: &[&str], ordered: bool, path: &Path<'_>) -> String {
        let name = self.name_type(path);
        let claims: Vec<Claim> = levels
            .iter()
            .map(|level| Claim {
                r_name: (*level).to_owned(),
                wanted: names::variant(level),
                what: format!("the level `{level}` of `{}`", path.r_name()),
            })
            .collect();
        let variants = match self.language {
            Language::Rust => {
                Scope::new(self.package, self.language, Place::Variant).claim(&claims, self.diagnostics)
            }
            // Levels are literals there.
            Language::Python => levels.iter().map(|level| (*level).to_owned()).collect(),
        };
        let variants = variants
            .into_iter()
            .zip(levels)
            .map(|(name, level)| Variant { name, level: (*level).to_owned() })
            .collect();
        self.enums.push(Enum { name: name.clone(), r_name: path.r_name(), ordered, variants });
        name
    }

    fn name_type(&mut self, path: &Path<'_>) -> String {
        let claim = Claim {
            r_name: path.r_name(),
            wanted: names::type_name(&path.words),
            what: format!("the type of `{}`", path.r_name()),
        };
        self.types.claim(&[claim], self.diagnostics).swap_remove(0)
    }
}

impl TypeRef {
    /// The name of the generated type that it refers to.
    pub fn generated(&self) -> Option<&str> {
        match self {
            TypeRef::Factor(name) | TypeRef::Class(name) => Some(name),
            TypeRef::TimeSeries(inner) => inner.generated(),
            _ => None,
        }
    }
}
