//! Builds again when a file is added to what the binary carries, and tells one state of
//! the program from another: what an older one has built is not taken for its own work.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

fn main() {
    for folder in ["themes/default", "examples/demo", "docs/rules", "src"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    println!("cargo:rerun-if-changed=Cargo.lock");
    let mut state = DefaultHasher::new();
    for place in ["Cargo.lock", "src", "themes/default"] {
        add(Path::new(place), &mut state);
    }
    let version = env!("CARGO_PKG_VERSION");
    let state = state.finish();
    println!("cargo:rustc-env=SCOREPRESS_PROGRAM={version}+{state:016x}");
}

/// Takes in a file, or all files below a folder in the order of their names.
fn add(place: &Path, state: &mut DefaultHasher) {
    if let Ok(entries) = fs::read_dir(place) {
        let mut places: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        places.sort();
        for place in &places {
            add(place, state);
        }
    } else {
        place.to_string_lossy().replace('\\', "/").hash(state);
        fs::read(place).unwrap_or_default().hash(state);
    }
}
