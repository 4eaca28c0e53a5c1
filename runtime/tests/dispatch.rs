//! The dispatch table: which entry is found, how tables add up, and for whom they are in force.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rbindgen_runtime::Global;
use rbindgen_runtime::dispatch::{Dispatch, Key, Table, current, set_default, with_converter};
use rbindgen_runtime::prelude::*;

fn table() -> Dispatch<u32> {
    let mut table = Dispatch::new("table");
    table.set(Key::Any, 0);
    table.set(Kind::Double, 1);
    table.set("base", 2);
    table.set("derived", 3);
    table.set((Kind::Integer, "derived"), 4);
    table.set(Kind::Function, 5);
    table
}

#[test]
fn the_most_specific_class_comes_first() {
    let table = table();
    R::with(|r| {
        let of = |code: &str| Ok::<_, Error>(table.resolve(&r.eval(code)?).copied());
        assert_eq!(of("1.5")?, Some(1));
        assert_eq!(of("structure(1.5, class = 'other')")?, Some(1));
        assert_eq!(of("structure(1.5, class = c('other', 'base'))")?, Some(2));
        assert_eq!(of("structure(1.5, class = c('derived', 'base'))")?, Some(3));
        assert_eq!(of("structure(1L, class = c('derived', 'base'))")?, Some(4));
        assert_eq!(of("structure(1L, class = c('base', 'derived'))")?, Some(2));
        assert_eq!(of("'text'")?, Some(0));
        assert_eq!((of("sum")?, of("mean")?, of("quote")?), (Some(5), Some(5), Some(5)));
        Ok(())
    })
    .unwrap();
    assert_eq!(table.find(Kind::Integer, ["x", "derived"]), Some(&4));
    assert_eq!(Dispatch::<u32>::new("empty").find(Kind::Null, []), None);
}

#[test]
fn an_s4_object_is_found_by_its_superclass() {
    R::with(|r| {
        r.eval(
            "setClass('DispatchBase', representation(x = 'numeric'))
             setClass('DispatchDerived', contains = 'DispatchBase')
             setClass('DispatchNumeric', contains = 'numeric')",
        )?;
        let mut table = table();
        table.set("DispatchBase", 7);
        assert_eq!(table.resolve(&r.eval("new('DispatchDerived')")?), Some(&7));
        table.set("DispatchDerived", 8);
        assert_eq!(table.resolve(&r.eval("new('DispatchDerived')")?), Some(&8));
        // Built on a double: its type decides.
        assert_eq!(table.resolve(&r.eval("new('DispatchNumeric', 1)")?), Some(&1));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_right_one_wins() {
    let mut right = Dispatch::new("right");
    right.set("base", 20);
    right.set((Kind::Integer, "derived"), 40);
    right.set(Kind::List, 60);
    let both = table() + right;
    let entry = |key: Key| both.get(&key).copied();
    assert_eq!(entry("base".into()), Some(20));
    assert_eq!(entry("derived".into()), Some(3));
    assert_eq!(entry((Kind::Integer, "derived").into()), Some(40));
    assert_eq!((entry(Kind::List.into()), entry(Kind::Double.into())), (Some(60), Some(1)));
    assert_eq!(entry(Key::Any), Some(0));
    assert_eq!(both.lineage(), ["table", "right"]);

    let mut fewer = both;
    assert_eq!(fewer.remove(&"base".into()), Some(20));
    assert_eq!(fewer.remove(&"base".into()), None);
    assert_eq!(fewer.remove(&(Kind::Integer, "derived").into()), Some(40));
    assert_eq!(fewer.set(Kind::List, 61), Some(60));
}

#[derive(Clone, Debug, PartialEq)]
struct Money(f64, &'static str);

fn money(currency: &'static str) -> Table {
    let mut table = Table::new(currency);
    table.register_from_r("money", move |value: Value<'_>| Ok(Money(value.to()?, currency)));
    table.register_into_r(move |money: &Money, r| {
        r.function("base", "structure")?.call((money.0, named("class", ["money", currency])))
    });
    table
}

#[test]
fn tables_add_up() {
    R::with(|r| {
        let price = r.eval("structure(9.5, class = 'money')")?;
        let (euro, pound) = (money("euro"), money("pound"));
        assert_eq!((&euro + &pound).from_r::<Money>(price.clone())?, Money(9.5, "pound"));
        assert_eq!((&pound + &euro).from_r::<Money>(price.clone())?, Money(9.5, "euro"));
        let made = (euro + pound.clone()).into_r(&Money(1.0, "euro"), r)?;
        assert_eq!(made.class(), ["money", "pound"]);
        let any: Box<dyn Any> = Box::new(Money(2.0, "pound"));
        assert_eq!(pound.any_into_r(&*any, r)?.to::<f64>()?, 2.0);

        let error = pound.from_r::<Money>(r.eval("1")?).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a value that a converter of this table makes a `dispatch::Money` of (pound), found a double vector of \
             length 1"
        );
        let error = pound.into_r(&1_u8, r).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a type that table pound has a converter to R for, found a `u8`"
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_table_is_in_force_for_a_while_and_for_a_thread() {
    R::with(|r| {
        let price = r.eval("structure(9.5, class = 'money')")?;
        let currency = || price.convert::<Money>().map(|money| money.1).unwrap_or("none");
        assert_eq!(currency(), "none");
        with_converter(money("euro"), || {
            assert_eq!(currency(), "euro");
            let panicked = catch_unwind(AssertUnwindSafe(|| {
                with_converter(money("pound"), || {
                    assert_eq!(currency(), "pound");
                    panic!("on purpose")
                })
            }));
            assert!(panicked.is_err());
            assert_eq!(currency(), "euro");
            // A function that R calls back sees it, too; another thread does not.
            let f = Function::from_raw_fn(r, |r, arguments| arguments[0].1.convert::<Money>()?.1.into_r(r))
                .unwrap();
            assert_eq!(f.call((&price,)).unwrap().to::<String>().unwrap(), "euro");
            std::thread::spawn(|| assert_eq!(current().lineage()[0], "default")).join().unwrap();
        });
        assert_eq!(currency(), "none");
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_default_can_be_extended() {
    struct Mark;
    let mut mine = Table::new("mine");
    mine.register_from_r("dispatch mark", |_: Value<'_>| Ok(Mark));
    set_default(Table::default() + mine);
    R::with(|r| {
        assert!(r.eval("structure(1, class = 'dispatch mark')")?.convert::<Mark>().is_ok());
        assert!(current().lineage().contains(&"mine".to_owned()));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_default_table_knows_the_standard_types() {
    R::with(|r| {
        assert_eq!(r.eval("c(1, NA)")?.convert::<Vec<Option<f64>>>()?, [Some(1.0), None]);
        assert_eq!(r.eval("c(a = 1L)")?.convert::<std::collections::BTreeMap<String, i64>>()?["a"], 1);
        assert!(r.convert(&Some(true))?.identical(&r.eval("TRUE")?)?);
        assert!(r.convert(&())?.is_null());
        let kept = r.eval("sum")?.convert::<Global<Value<'static>>>()?;
        assert!(r.convert(&kept)?.identical(&r.eval("sum")?)?);
        Ok(())
    })
    .unwrap();
}

#[test]
#[cfg(all(feature = "arrow", feature = "chrono", feature = "jiff", feature = "ndarray"))]
fn the_default_table_knows_the_types_of_the_features() {
    R::with(|r| {
        let day = r.eval("as.Date('2024-02-29')")?;
        assert_eq!(day.convert::<chrono::NaiveDate>()?.to_string(), "2024-02-29");
        assert_eq!(day.convert::<Option<jiff::civil::Date>>()?.unwrap().day(), 29);
        assert_eq!(r.eval("matrix(1:4, 2)")?.convert::<ndarray::Array2<f64>>()?[[1, 0]], 2.0);
        assert_eq!(r.eval("datasets::iris")?.convert::<arrow_array::RecordBatch>()?.num_rows(), 150);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_value_becomes_what_is_natural() {
    R::with(|r| {
        let any = |code: &str| r.eval(code)?.convert_any();
        assert_eq!(any("c(1L, NA)")?.downcast_ref(), Some(&vec![Some(1), None]));
        assert_eq!(any("2.5")?.downcast_ref(), Some(&vec![Some(2.5)]));
        assert_eq!(any("factor('a')")?.downcast_ref(), Some(&vec![Some("a".to_owned())]));
        assert_eq!(any("as.raw(1)")?.downcast_ref(), Some(&vec![1_u8]));
        assert!(any("NULL")?.is::<()>());
        assert!(any("sum")?.is::<Global<Value<'static>>>());
        let list = any("list(a = 1, TRUE)")?.downcast::<Vec<(Option<String>, Box<dyn Any>)>>().unwrap();
        assert_eq!(list[0].0.as_deref(), Some("a"));
        assert_eq!(list[1].1.downcast_ref(), Some(&vec![Some(true)]));
        // Within a list, too, by the table in force.
        let list = with_converter(Table::default() + money("euro"), || {
            r.eval("list(structure(3, class = 'money'))")?.convert_any()
        })?;
        let list = list.downcast::<Vec<(Option<String>, Box<dyn Any>)>>().unwrap();
        assert_eq!(list[0].1.downcast_ref(), Some(&Money(3.0, "euro")));
        Ok(())
    })
    .unwrap();
}
