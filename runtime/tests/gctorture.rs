//! Under `gctorture(TRUE)`, when R collects garbage at every single allocation: an object that nothing keeps is gone,
//! and its memory used again, before the next line runs.
//!
//! An allocation costs a millisecond or more then, and an R error with all that is asked of its condition a second.
//! `make test-gctorture` runs what takes longer, and the other tests of this crate with a collection at every so many
//! allocations.

use std::borrow::Cow;

use rbindgen_runtime::altrep::StringSource;
use rbindgen_runtime::prelude::*;
use rbindgen_runtime::{BufferView, Result, live_slots, value};

/// Runs `body` with the torture on. What it needs beforehand is made outside, at R's usual speed.
fn torture<'r, T>(r: R<'r>, body: impl FnOnce() -> Result<T>) -> Result<T> {
    struct Off<'r>(Function<'r>);
    impl Drop for Off<'_> {
        fn drop(&mut self) {
            self.0.call((false,)).expect("the torture can be ended");
        }
    }
    let switch = r.function("base", "gctorture")?;
    switch.call((true,))?;
    let _off = Off(switch);
    body()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, RFactor)]
enum Dose {
    #[r(level = "low")]
    Low,
    #[r(level = "high")]
    High,
}

#[derive(Clone, Debug)]
struct Trial<'r>(Frame<'r>);
rbindgen_runtime::frame_class!(Trial, "trial");

#[test]
fn vectors_that_rust_makes() {
    R::with(|r| {
        torture(r, || {
            let logical = Logical::new(r, [RBool::from(Some(true)), RBool::from(None)])?;
            let integer = Integer::new(r, [RInt::from(Some(7)), RInt::from(None)])?;
            let double = Double::new(r, [0.5, NA_REAL])?;
            let complex = Complex::new(r, [RComplex { re: 1.0, im: -1.0 }])?;
            let raw = Raw::new(r, [1, 255])?;
            let character = Character::from_options(r, [Some("grün"), None, Some("gctorture")])?;
            let list = List::new(r, [Value::from(double.clone()), character.clone().into(), r.null()])?;
            let nested = List::new(r, [Value::from(list)])?;
            drop(double);

            assert_eq!(logical.to_vec(), [Some(true), None]);
            assert_eq!(integer.to_vec(), [Some(7), None]);
            assert_eq!(complex.as_slice()[0].im, -1.0);
            assert_eq!(raw.as_slice(), [1, 255]);
            assert_eq!(character.get(0)?.as_deref(), Some("grün"));
            assert_eq!(character.get(1)?, None);
            let list: List = nested.get_as(0)?;
            drop(nested);
            let double: Double = list.get_as(0)?;
            assert_eq!(double.to_vec(), [Some(0.5), None]);
            assert_eq!(list.get_as::<Character>(1)?.get(2)?.as_deref(), Some("gctorture"));
            assert!(list.get(2)?.is_null());
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn conversions_both_ways() {
    R::with(|r| {
        torture(r, || {
            assert_eq!(vec![1.5, 2.5].into_r(r)?.to::<Vec<f64>>()?, [1.5, 2.5]);
            assert_eq!(vec![Some(1), None].into_r(r)?.to::<Vec<Option<i32>>>()?, [Some(1), None]);
            assert!(true.into_r(r)?.to::<bool>()?);
            let words = vec!["one".to_owned(), "two".to_owned()];
            assert_eq!(words.clone().into_r(r)?.to::<Vec<String>>()?, words);
            assert!("x".into_r(r)?.to::<f64>().is_err());
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn what_r_made_is_read() {
    R::with(|r| {
        let factor = r.eval("factor(c('high', NA, 'low'), levels = c('low', 'high'))")?;
        let matrix = r.eval("matrix(c(1, 2, 3, 4), 2, dimnames = list(c('a', 'b'), NULL))")?;
        let array = r.eval("array(1:24, 2:4)")?;
        let series = r.eval("ts(c(1, 2, 3), start = 1990, frequency = 4)")?;
        let noted = r.eval("structure(1:3, names = c('a', 'b', NA), note = 'here', class = c('x', 'y'))")?;
        let latin1 = r.eval("x <- 'caf\\xe9'; Encoding(x) <- 'latin1'; x")?;
        let language = r.eval("quote(f(x, y = 1))")?;
        torture(r, || {
            assert_eq!(factor.to::<FactorOf<Dose>>()?.to_vec(), [Some(Dose::High), None, Some(Dose::Low)]);
            assert_eq!(factor.to::<Vec<Option<String>>>()?[0].as_deref(), Some("high"));
            let matrix: Matrix<Double> = matrix.to()?;
            assert_eq!(matrix.at(1, 1)?, 4.0);
            assert_eq!(matrix.row_names(), Some(vec!["a".to_owned(), "b".to_owned()]));
            assert_eq!(array.to::<Array<Integer>>()?.at(&[1, 2, 3])?.get(), Some(24));
            let series: TimeSeries<Double> = series.to()?;
            assert_eq!((series.start(), series.end()), (1990.0, 1990.5));
            assert_eq!(noted.names().unwrap()[..2], [Some("a".to_owned()), Some("b".to_owned())]);
            assert_eq!(noted.class(), ["x", "y"]);
            assert_eq!(noted.attr("note")?.unwrap().to::<String>()?, "here");
            let attributes = noted.attributes()?;
            assert_eq!(
                attributes.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
                ["names", "note", "class"]
            );
            assert_eq!(attributes[1].1.to::<String>()?, "here");
            assert_eq!(latin1.to::<String>()?, "café");
            assert_eq!(language.kind(), Kind::Language);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn altrep_vectors_are_read() {
    R::with(|r| {
        let sequence = r.eval("1:10000")?;
        let text = r.eval("as.character(1:20 + 100000L)")?;
        let sorted = r.eval("sort(c(3, 1, 2))")?;
        torture(r, || {
            let text: Character = text.to()?;
            let first = text.get(0)?;
            let last = text.get(19)?;
            assert_eq!(sequence.to::<Integer>()?.get(9999)?, Some(10000));
            assert_eq!((first.as_deref(), last.as_deref()), (Some("100001"), Some("100020")));
            assert_eq!(sequence.to::<Integer>()?.as_slice()[41].get(), Some(42));
            assert_eq!(sorted.to::<Double>()?.as_slice(), [1.0, 2.0, 3.0]);
            let view = BufferView::of(&sequence)?;
            drop(sequence);
            Integer::new(r, [RInt::from(Some(0)); 10_000])?;
            // SAFETY: the view keeps its vector of 10000 integers alive.
            assert_eq!(unsafe { *view.pointer.cast::<i32>().add(9_999) }, 10_000);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn data_frames() {
    R::with(|r| {
        let frame = r.eval("data.frame(x = c(1.5, 2.5), y = c('a', NA), row.names = c('r1', 'r2'))")?;
        torture(r, || {
            let data: DataFrame = frame.to()?;
            assert_eq!((data.nrow(), data.ncol()), (2, 2));
            assert_eq!(data.row_names()?, value::RowNames::Character(vec!["r1".to_owned(), "r2".to_owned()]));
            let trial: Trial = frame.clone().try_into()?;
            let x: &Double = trial.column(0, "x")?;
            let y: &Character = trial.column(0, "y")?; // it stands elsewhere now
            assert_eq!(x.as_slice(), [1.5, 2.5]);
            assert_eq!(y.to_vec()?, [Some("a".to_owned()), None]);
            assert!(trial.column::<Double>(2, "z").is_err());
            assert!(data.column::<Integer>("x").is_err());
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn calls_with_every_kind_of_argument() {
    R::with(|r| {
        let paste = r.function("base", "paste")?;
        let kinds = Function::try_from(r.eval("function(...) vapply(list(...), typeof, '')")?)?;
        let (symbol, call) = (r.eval("quote(a)")?, r.eval("quote(stop('evaluated'))")?);
        torture(r, || {
            let text = paste.call(("a", 1, named("sep", "-"), named("collapse", "+")))?;
            assert_eq!(text.to::<String>()?, "a-1");
            let found = kinds.call((&symbol, &call, r.null(), vec![1.0, 2.0], paste.clone()))?;
            assert_eq!(found.to::<Vec<String>>()?, ["symbol", "language", "NULL", "double", "closure"]);
            Ok(())
        })
    })
    .unwrap();
}

/// Strings that are made when R asks for them, and kept by nobody.
struct Labels;

impl StringSource for Labels {
    fn len(&self) -> usize {
        600
    }

    fn get(&self, index: usize) -> Option<Cow<'_, str>> {
        (index != 1).then(|| format!("label {index}").into())
    }
}

#[test]
fn altrep_vectors_over_memory_of_rust() {
    R::with(|r| {
        let change = Function::try_from(r.eval("function(x) { x[1] <- 0.5; x }")?)?;
        torture(r, || {
            let owned = Double::from_owner(r, vec![1.0, 2.0, 3.0])?;
            let labels = Character::from_source(r, Labels)?;
            let (first, last) = (labels.get(0)?, labels.get(599)?);
            let all = labels.to_vec()?;
            assert_eq!((first.as_deref(), last.as_deref()), (Some("label 0"), Some("label 599")));
            assert_eq!((all[1].as_deref(), all[300].as_deref()), (None, Some("label 300")));
            let changed: Double = change.call((&owned,))?.to()?;
            assert_eq!(owned.as_slice(), [1.0, 2.0, 3.0]);
            assert_eq!(changed.as_slice(), [0.5, 2.0, 3.0]);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn dates_and_times() {
    R::with(|r| {
        torture(r, || {
            let dates = Date::from_days(r, [Some(0.0), None])?;
            let times = DateTime::from_seconds(r, [Some(86_400.5)], Some("UTC"))?;
            let spans = Duration::new(r, [Some(2.0)], DurationUnit::Hours)?;
            assert_eq!(dates.iter_days().collect::<Vec<_>>(), [Some(0.0), None]);
            assert_eq!((times.seconds(0)?, times.zone().as_deref()), (Some(86_400.5), Some("UTC")));
            assert_eq!(spans.to_seconds()?, [Some(7200.0)]);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn code_and_objects() {
    R::with(|r| {
        torture(r, || {
            let call = Language::new(r, Symbol::new(r, "sum")?, (1.0, named("na.rm", true), vec![2.0, 3.0]))?;
            assert_eq!(call.deparse()?, "sum(1, na.rm = TRUE, c(2, 3))");
            assert_eq!(call.eval()?.to::<f64>()?, 6.0);
            let formula = Formula::parse(r, "y ~ x + z")?;
            assert_eq!(formula.variables()?, ["y", "x", "z"]);
            let pointer = ExternalPtr::new(r, "kept".to_owned())?;
            let bytes = formula.rhs().serialize()?;
            let back: Language = r.unserialize(&bytes)?.to()?;
            assert_eq!(back.deparse()?, "x + z");
            assert_eq!(pointer.get()?, "kept");
            Ok(())
        })
    })
    .unwrap();
}

#[derive(Clone, Debug, PartialEq, FromDataFrame, IntoDataFrame)]
struct Patient {
    name: String,
    dose: Dose,
    weight: Option<f64>,
}

#[test]
fn structs_as_rows() {
    R::with(|r| {
        torture(r, || {
            let patients = vec![
                Patient { name: "Ada".to_owned(), dose: Dose::High, weight: None },
                Patient { name: "Bo".to_owned(), dose: Dose::Low, weight: Some(70.5) },
            ];
            let frame = patients.clone().into_r(r)?;
            assert_eq!(frame.to::<Vec<Patient>>()?, patients);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn rust_functions_that_r_calls() {
    R::with(|r| {
        let apply = Function::try_from(r.eval("function(f, x) vapply(x, f, 0)")?)?;
        let attempt = Function::try_from(r.eval(
            "function(f) tryCatch(f('x'), error = function(e) c(class(e)[1L], conditionMessage(e)))",
        )?)?;
        let before = live_slots(r);
        torture(r, || {
            let square = Function::from_fn(r, |x: f64| x * x)?;
            assert_eq!(apply.call((&square, vec![1.0, 2.0, 3.0]))?.to::<Vec<f64>>()?, [1.0, 4.0, 9.0]);
            let fails = Function::from_fn(r, |text: String| text.parse::<i32>())?;
            let caught = attempt.call((&fails,))?.to::<Vec<String>>()?;
            assert_eq!(caught, ["rust_error", "invalid digit found in string"]);
            Ok(())
        })?;
        r.eval("gc()")?;
        assert!(live_slots(r) <= before + 8, "only what is looked up once stays");
        Ok(())
    })
    .unwrap();
}

#[test]
#[ignore = "takes half a minute: the trace of the error is deparsed"]
fn errors_of_r_pass_through_rust_functions() {
    R::with(|r| {
        let attempt = Function::try_from(
            r.eval("function(f) tryCatch(f(), error = function(e) c(class(e)[1L], conditionMessage(e)))")?,
        )?;
        torture(r, || {
            let fails = Function::from_raw_fn(r, |r, _| r.function("base", "stop")?.call(("deep",)))?;
            assert_eq!(attempt.call((&fails,))?.to::<Vec<String>>()?, ["simpleError", "deep"]);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn warnings_are_collected() {
    R::with(|r| {
        let warn = Function::try_from(r.eval("function() { warning('careful'); message('so'); 1L }")?)?;
        torture(r, || {
            let (value, signals) = r.collecting(|| warn.call(())?.to::<i32>())?;
            assert_eq!(value, 1);
            assert_eq!((signals[0].message.as_str(), signals[1].message.trim_end()), ("careful", "so"));
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn environments() {
    R::with(|r| {
        let env: Environment = r.eval("new.env()")?.try_into()?;
        torture(r, || {
            env.set("x", vec![1.0, 2.0])?;
            let x: Double = env.get("x")?.unwrap().to()?;
            env.set("x", "gone")?;
            assert_eq!(x.as_slice(), [1.0, 2.0]);
            assert!(env.get("y")?.is_none());
            assert_eq!(env.keys()?, ["x"]);
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn errors_come_whole() {
    R::with(|r| {
        let fail = Function::try_from(r.eval(
            "function(what) stop(structure(class = c('mine', 'error', 'condition'),
                                           list(message = paste('no', what), call = sys.call())))",
        )?)?;
        let before = live_slots(r);
        torture(r, || {
            let error = fail.call(("luck",)).unwrap_err();
            let Error::Condition { message, class, call, .. } = error else { panic!("{error:?}") };
            assert_eq!(message, "no luck");
            assert_eq!(class, ["mine", "error", "condition"]);
            assert!(call.is_some());
            Ok(())
        })?;
        assert_eq!(live_slots(r), before);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_new_object_survives_the_growth_of_the_slots() {
    // Slots come in chunks of so many. A chunk is allocated when an object is to be kept and no slot is free: the
    // object itself is not kept yet. An environment is as large as the cell that R allocates for a chunk.
    const CHUNK: usize = 1 << 10;
    R::with(|r| {
        let filler = Value::from(Double::new(r, [0.0])?);
        let new_env = r.function("base", "new.env")?;
        let before = live_slots(r);
        torture(r, || {
            let (mut fillers, mut fresh) = (Vec::new(), Vec::new());
            for _ in 0..8 {
                while !live_slots(r).is_multiple_of(CHUNK) {
                    fillers.push(filler.clone());
                }
                fresh.push(new_env.call(())?);
            }
            for object in &fresh {
                assert_eq!(object.kind(), Kind::Environment);
            }
            Ok(())
        })?;
        assert_eq!(live_slots(r), before);
        Ok(())
    })
    .unwrap();
}

#[test]
fn globals_on_other_threads() {
    let kept = R::with(|r| torture(r, || Ok(Character::new(r, ["kept", "alive"])?.to::<Value>()?.global())))
        .unwrap();
    std::thread::spawn(move || {
        R::with(|r| {
            torture(r, || {
                Character::new(r, ["something", "else"])?;
                assert_eq!(kept.get(r).to::<Vec<String>>()?, ["kept", "alive"]);
                Ok(())
            })
        })
        .unwrap();
        drop(kept); // without the lock
    })
    .join()
    .unwrap();
}

#[test]
fn code_is_parsed_and_evaluated() {
    R::with(|r| {
        torture(r, || {
            let fitted =
                r.eval("x <- c(1, 2, 3); y <- x * 2 + 1; f <- function(a, ...) sum(a, ...); f(y, x, 1L)")?;
            assert_eq!(fitted.to::<f64>()?, 22.0);
            let error = r.eval("g <- function(x) stop('not ', x); g('this')").unwrap_err();
            assert_eq!(error.to_string(), "R error in g(\"this\"): not this");
            let error = r.eval("1 +").unwrap_err().to_string();
            assert!(error.contains("unexpected end of input"), "{error}");
            assert!(r.eval("invokeRestart('abort')").is_err());
            assert_eq!(
                r.eval("tryCatch(stop('inside'), error = conditionMessage)")?.to::<String>()?,
                "inside"
            );
            Ok(())
        })
    })
    .unwrap();
}

#[test]
fn data_frames_that_r_makes() {
    R::with(|r| {
        torture(r, || {
            let cars: DataFrame = r.get_exported("datasets", "mtcars")?.to()?;
            assert_eq!(cars.column::<Double>("mpg")?.as_slice()[0], 21.0);
            let frame: DataFrame = r
                .eval("data.frame(x = c(1.5, 2.5), f = factor(c('low', 'high'), c('low', 'high')))")?
                .to()?;
            assert_eq!(frame.column::<FactorOf<Dose>>("f")?.to_vec(), [Some(Dose::Low), Some(Dose::High)]);
            Ok(())
        })
    })
    .unwrap();
}
