//! Which packages are looked into one after the other, by a process that has loaded what they share.
//!
//! Loading a package loads what it depends on. Where several packages depend on one that takes long to load, a process loads that one
//! once and makes a copy of itself for each of them.

use std::collections::{BTreeMap, BTreeSet};

use super::key::Libraries;

/// Less code than this is loaded faster than it is worth to think about.
const LEAST_CODE: u64 = 1 << 20;

/// Packages that are looked into one after the other.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// About how much work they are.
    pub weight: u64,
    /// The packages.
    pub names: Vec<String>,
    /// The package that all of them load.
    pub shared: Option<String>,
}

/// The groups of these packages, none of which keeps one of so many threads busy longer than the others.
pub fn groups(names: &BTreeSet<String>, libraries: &Libraries, threads: usize) -> Vec<Group> {
    let loads = |name: &String| -> BTreeSet<String> {
        let others = libraries.closure(name).into_iter().filter_map(|(name, path)| path.map(|_| name));
        others.chain([name.clone()]).filter(|name| !libraries.is_base(name)).collect()
    };
    let mut open: BTreeMap<&String, BTreeSet<String>> =
        names.iter().map(|name| (name, loads(name))).collect();
    let shared: BTreeSet<String> = open.values().flatten().cloned().collect();
    let code: BTreeMap<&String, u64> = shared
        .iter()
        .map(|name| (name, loads(name).iter().map(|one| libraries.code(one)).sum()))
        .filter(|(_, code)| *code >= LEAST_CODE)
        .collect();
    let weights: BTreeMap<&String, u64> = names.iter().map(|name| (name, libraries.weight(name))).collect();
    let most = weights.values().sum::<u64>() / threads.max(1) as u64 + 1;
    let mut groups = Vec::new();
    loop {
        let saved = |name: &String, code: u64| {
            let users = open.values().filter(|loads| loads.contains(name)).count() as u64;
            users.saturating_sub(1) * code
        };
        let best = code.iter().map(|(name, code)| (saved(name, *code), *name)).max();
        let Some((1.., shared)) = best else { break };
        let users: Vec<&String> =
            open.iter().filter(|(_, loads)| loads.contains(shared)).map(|(name, _)| *name).collect();
        let mut group = Group { weight: 0, names: Vec::new(), shared: Some(shared.clone()) };
        for name in users {
            open.remove(name);
            if group.weight + weights[name] > most && !group.names.is_empty() {
                let next = Group { weight: 0, names: Vec::new(), shared: Some(shared.clone()) };
                groups.push(std::mem::replace(&mut group, next));
            }
            group.weight += weights[name];
            group.names.push(name.clone());
        }
        groups.push(group);
    }
    groups.extend(open.into_keys().map(|name| Group {
        weight: weights[name],
        names: vec![name.clone()],
        shared: None,
    }));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_to_load_is_shared() {
        let folder = tempfile::tempdir().unwrap();
        let package = |name: &str, imports: &str, size: usize| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.join("R")).unwrap();
            std::fs::write(path.join("DESCRIPTION"), format!("Package: {name}\nImports: {imports}\n"))
                .unwrap();
            std::fs::write(path.join("R").join(format!("{name}.rdb")), vec![0; size]).unwrap();
        };
        package("heavy", "", 2 << 20);
        package("light", "", 1000);
        package("one", "heavy, light", 1000);
        package("two", "one", 1000);
        package("three", "light", 3 << 20);
        package("four", "light", 1000);
        let libraries = Libraries::new(vec![folder.path().to_owned()]);
        let names = ["heavy", "one", "two", "three", "four"].map(str::to_owned).into();
        let groups: Vec<(Option<String>, Vec<String>)> =
            groups(&names, &libraries, 1).into_iter().map(|one| (one.shared, one.names)).collect();
        let alone = |name: &str| (None, vec![name.to_owned()]);
        let users = ["heavy", "one", "two"].map(str::to_owned).to_vec();
        assert_eq!(groups, [(Some("heavy".to_owned()), users), alone("four"), alone("three")]);
    }
}
