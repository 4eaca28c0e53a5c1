//! Which help page belongs to which object, and which pages a snapshot keeps.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Package, Page};

/// Puts the pages into `package` and tells its objects their topics.
///
/// Pages that describe only data sets are left out: what they say stands with the data sets. So are those about the package as a
/// whole.
pub fn assign(package: &mut Package, pages: Vec<Page>) {
    let known = known(package);
    let data: BTreeSet<&str> = package.datasets.iter().map(|one| one.name.as_str()).collect();
    let whole = format!("{}-package", package.name);
    let keeps = |page: &Page| {
        let any = |set: &dyn Fn(&str) -> bool| page.aliases.iter().any(|alias| set(alias));
        any(&|alias| known.contains(alias) && !data.contains(alias))
            || !matches!(page.doc_type.as_str(), "data" | "package")
                && !any(&|alias| data.contains(alias) || *alias == whole)
    };
    let mut pages: Vec<Page> = pages.into_iter().filter(keeps).collect();
    pages.sort_by(|a, b| a.topic.cmp(&b.topic));
    let index = Index::new(&pages);
    let methods: BTreeMap<&str, (&str, &str)> = package
        .s3_methods
        .iter()
        .map(|one| (one.function.as_str(), (one.generic.as_str(), one.class.as_str())))
        .collect();
    for function in &mut package.functions {
        let method = || methods.get(function.name.as_str()).and_then(|key| index.methods.get(key));
        function.topic = index.alias(&function.name).or_else(|| method().map(|topic| (*topic).to_owned()));
    }
    let class_page = |name: &str| index.alias(&format!("{name}-class")).or_else(|| index.alias(name));
    package.constants.iter_mut().for_each(|one| one.topic = index.alias(&one.name));
    package.environments.iter_mut().for_each(|one| one.topic = index.alias(&one.name));
    package.s4_classes.iter_mut().for_each(|one| one.topic = class_page(&one.name));
    package.reference_classes.iter_mut().for_each(|one| {
        let generator = one.generator.as_deref().and_then(|generator| index.alias(generator));
        one.topic = class_page(&one.name).or(generator);
    });
    package.r6_classes.iter_mut().for_each(|one| {
        one.topic = index.alias(&one.generator).or_else(|| class_page(&one.class));
    });
    for method in &mut package.s4_methods {
        let classes: Vec<&str> = method.signature.iter().map(|one| one.class.as_str()).collect();
        method.function.topic = index.alias(&format!("{},{}-method", method.generic, classes.join(",")));
    }
    package.pages = pages;
}

/// Aliases by which objects that are no data sets are found.
fn known(package: &Package) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = package.functions.iter().map(|one| one.name.clone()).collect();
    known.extend(package.constants.iter().map(|one| one.name.clone()));
    known.extend(package.environments.iter().map(|one| one.name.clone()));
    known.extend(package.reexports.iter().map(|one| one.name.clone()));
    known.extend(package.r6_classes.iter().map(|one| one.generator.clone()));
    let classes = package.s4_classes.iter().map(|one| &one.name);
    known.extend(classes.flat_map(|name| [name.clone(), format!("{name}-class")]));
    known.extend(
        package.reference_classes.iter().flat_map(|one| [one.name.clone(), format!("{}-class", one.name)]),
    );
    known
}

/// Topics by alias and by method.
struct Index<'a> {
    aliases: BTreeMap<&'a str, &'a str>,
    methods: BTreeMap<(&'a str, &'a str), &'a str>,
}

impl<'a> Index<'a> {
    /// Where two pages claim an alias, the one that is named so wins, else the first.
    fn new(pages: &'a [Page]) -> Index<'a> {
        let (mut aliases, mut methods) = (BTreeMap::new(), BTreeMap::new());
        for page in pages {
            let topic = page.topic.as_str();
            for alias in &page.aliases {
                if alias == topic || !aliases.contains_key(alias.as_str()) {
                    aliases.insert(alias.as_str(), topic);
                }
            }
            for (generic, class) in &page.methods {
                methods.entry((generic.as_str(), class.as_str())).or_insert(topic);
            }
        }
        Index { aliases, methods }
    }

    fn alias(&self, name: &str) -> Option<String> {
        self.aliases.get(name).map(|topic| (*topic).to_owned())
    }
}
