//! Structs as data frames and lists.

use rbindgen_runtime::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, RFactor)]
enum Species {
    #[r(level = "setosa")]
    Setosa,
    #[r(level = "versicolor")]
    Versicolor,
    #[r(level = "virginica")]
    Virginica,
}

#[derive(Clone, Debug, PartialEq, FromDataFrame, IntoDataFrame)]
struct Flower {
    #[r(name = "Petal.Length")]
    petal_length: f64,
    #[r(name = "Species")]
    species: Species,
    #[r(skip)]
    picked: bool,
}

#[derive(Clone, Debug, PartialEq, FromDataFrame, IntoDataFrame)]
struct Person {
    name: String,
    age: Option<i32>,
    r#type: Option<String>,
    #[r(default)]
    score: f64,
}

#[derive(Debug, FromDataFrame, IntoDataFrame)]
#[r(columns)]
struct Cars<'r> {
    mpg: Double<'r>,
    cyl: Vec<i64>,
    #[r(name = "no.such", default)]
    none: Option<Vec<f64>>,
}

#[derive(Clone, Debug, Default, PartialEq, FromList, IntoList)]
struct Control {
    maxit: i32,
    #[r(name = "rel.tol")]
    tolerance: Option<f64>,
    #[r(default)]
    trace: bool,
    #[r(skip)]
    calls: usize,
}

#[derive(Debug, PartialEq, FromList, IntoList)]
struct Model {
    control: Control,
    more: Vec<Control>,
    fallback: Option<Control>,
}

#[track_caller]
fn refused<T: for<'r> FromR<'r>>(code: &str) -> String {
    let failed = R::with(|r| Ok(r.eval(code)?.to::<T>().err().map(|error| error.to_string())));
    failed.unwrap().expect("an error")
}

#[test]
fn rows_of_a_data_set() {
    R::with(|r| {
        let iris = r.get_exported("datasets", "iris")?;
        let flowers: Vec<Flower> = iris.to()?;
        assert_eq!(flowers.len(), 150);
        assert_eq!(flowers[149], Flower { petal_length: 5.1, species: Species::Virginica, picked: false });
        let back = flowers.into_r(r)?;
        let same = r.eval("datasets::iris[c('Petal.Length', 'Species')]")?;
        assert!(back.identical(&same)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn rows_with_na_defaults_and_keywords() {
    R::with(|r| {
        let code = "data.frame(name = c('Ann', 'Bob'), age = c(40L, NA), type = c(NA, 'x'), other = 1)";
        let people: Vec<Person> = r.eval(code)?.to()?;
        let ann = Person { name: "Ann".into(), age: Some(40), r#type: None, score: 0.0 };
        let bob = Person { name: "Bob".into(), age: None, r#type: Some("x".into()), score: 0.0 };
        assert_eq!(people, [ann, bob]);
        let expected = r.eval(
            "data.frame(name = c('Ann', 'Bob'), age = c(40L, NA), type = c(NA, 'x'), score = c(0, 0))",
        )?;
        assert!((&people[..]).into_r(r)?.identical(&expected)?);
        // As an argument of a call, and with no rows.
        assert_eq!(r.function("base", "nrow")?.call((&people,))?.to::<i32>()?, 2);
        let none = Vec::<Person>::new().into_r(r)?;
        assert_eq!(r.function("base", "dim")?.call((none,))?.to::<Vec<i32>>()?, [0, 4]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn everything_that_is_wrong_comes_in_one_error() {
    assert_eq!(
        refused::<Vec<Person>>("data.frame(name = c('a', NA), age = c(1.5, 2), score = c(1, NA))"),
        "`Person` does not fit: column `name`, row 1 (counted from 0) is NA, which only an `Option` takes; column `age` is \
         a double vector of length 2 whose element 0 (counted from 0) is 1.5, not an integer vector; column `type` is \
         missing (the names are name, age, score); column `score`, row 1 (counted from 0) is NA, which only an `Option` \
         takes"
    );
    assert_eq!(
        refused::<Vec<Flower>>("data.frame(Petal.Length = 'x', Species = 'rosa')"),
        "`Flower` does not fit: column `Petal.Length` is a character vector of length 1, not a double vector; column \
         `Species` is a character vector of length 1 whose element 0 (counted from 0) is \"rosa\", not a factor with \
         the levels setosa, versicolor, virginica"
    );
    assert_eq!(
        refused::<Vec<Person>>("1:3"),
        "the value for `Person` is an integer vector of length 3, not a data frame"
    );
    R::with(|r| {
        let error = r.eval("data.frame(name = NA_character_, age = 1, type = 'x')")?.to::<Vec<Person>>();
        let Err(Error::Struct { name, problems, .. }) = error else { panic!("{error:?}") };
        assert_eq!(
            (name.as_str(), problems[0].part.as_str(), problems[0].row),
            ("Person", "column `name`", Some(0))
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn columns_share_rs_memory() {
    R::with(|r| {
        let frame = DataFrame::try_from(r.get_exported("datasets", "mtcars")?)?;
        let cars: Cars = frame.to()?;
        assert_eq!(cars.mpg.as_slice().as_ptr(), frame.column::<Double>("mpg")?.as_slice().as_ptr());
        assert_eq!((cars.cyl.len(), &cars.none), (32, &None));
        let Err(error) = (&cars).into_r(r) else { panic!("a column of no rows") };
        assert_eq!(
            error.to_string(),
            "`Cars` does not fit: column `no.such` is NULL, not one of 32 rows as `mpg` is"
        );
        let whole = Cars { none: Some(vec![0.5; 32]), ..cars }.into_r(r)?;
        let names: Vec<String> = r.function("base", "names")?.call((&whole,))?.to()?;
        assert_eq!(names, ["mpg", "cyl", "no.such"]);
        assert_eq!(DataFrame::try_from(whole)?.row_names()?, RowNames::Automatic(32));
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<Names>("data.frame(x = 1)"),
        "`Names` does not fit: column `y` is missing (the names are x)"
    );
}

#[derive(Debug, FromDataFrame)]
#[r(columns)]
struct Names {
    #[allow(dead_code)]
    y: Vec<f64>,
}

#[test]
fn lists() {
    R::with(|r| {
        let control: Control = r.eval("list(maxit = 100, rel.tol = NULL, other = 1)")?.to()?;
        assert_eq!(control, Control { maxit: 100, ..Control::default() });
        let control: Control = r.eval("list(maxit = 100L, rel.tol = 1e-8, trace = TRUE)")?.to()?;
        assert_eq!(control.tolerance, Some(1e-8));
        assert!(
            (&control).into_r(r)?.identical(&r.eval("list(maxit = 100L, rel.tol = 1e-8, trace = TRUE)")?)?
        );
        // An argument, and an optional one.
        let str = r.function("base", "length")?;
        assert_eq!(str.call((&control,))?.to::<i32>()?, 3);
        assert!(None::<Control>.into_r(r)?.is_null());
        assert_eq!(r.null().to::<Option<Control>>()?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn lists_within_lists() {
    R::with(|r| {
        let one = Control { maxit: 1, tolerance: Some(0.5), ..Control::default() };
        let model = Model { control: one.clone(), more: vec![one.clone(), one], fallback: None };
        let value = (&model).into_r(r)?;
        let control = "list(maxit = 1L, rel.tol = 0.5, trace = FALSE)";
        let expected = r.eval(&format!(
            "list(control = {control}, more = list({control}, {control}), fallback = NULL)"
        ))?;
        assert!(value.identical(&expected)?);
        assert_eq!(value.to::<Model>()?, model);
        Ok(())
    })
    .unwrap();
    assert_eq!(
        refused::<Model>("list(control = list(maxit = 'x'), more = list(list(maxit = 1), list()))"),
        "`Model` does not fit: element `control`: `Control` does not fit: element `maxit` is a character vector of length 1, \
         not an integer vector; element `more`: element 1 (counted from 0): `Control` does not fit: element `maxit` is \
         missing: there are no names"
    );
    assert_eq!(refused::<Control>("sum"), "the value for `Control` is a function, not a list");
}

#[test]
fn closures_take_and_return_structs() {
    R::with(|r| {
        let f = Function::from_fn(r, |people: Vec<Person>| {
            people.into_iter().filter(|person| person.age.is_some()).collect::<Vec<Person>>()
        })?;
        let people = r.eval("data.frame(name = c('a', 'b'), age = c(NA, 2L), type = 'x')")?;
        assert_eq!(f.call((people,))?.to::<Vec<Person>>()?[0].name, "b");
        let error = f.call((r.eval("data.frame(name = 'a')")?,)).unwrap_err();
        assert!(error.to_string().contains("`Person` does not fit: column `age` is missing"), "{error}");
        Ok(())
    })
    .unwrap();
}
