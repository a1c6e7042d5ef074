//! Builds again when a file is added to what the binary carries.

fn main() {
    for folder in ["themes/default", "examples/demo", "docs/rules"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
