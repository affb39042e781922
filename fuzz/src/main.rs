//! Spoils input on purpose and watches what qarar makes of it: `qarar-fuzz --qarar PROGRAM TARGET|all SECONDS SEED`.
//!
//! An input is tried in a warm process of its own kind, under limits of memory and time, so that an abort or an endless
//! loop is seen like a panic. What brings that process down is then given to the program itself, as a user would: only
//! what goes wrong there is a fault. It is made smaller and kept in `fuzz/found/`.
//!
//! There is no coverage to steer by: libFuzzer and its kin need a compiler of the nightly channel and a second compilation
//! of four hundred crates. Instead the mutations know the form of what they spoil, and start from files that reach every
//! stage. The same target, seed and number of an input give the same bytes.

#![expect(clippy::print_stdout, reason = "what is found is the result")]

mod corpus;
mod found;
mod hunt;
mod minimize;
mod mutate;
mod target;
mod trial;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use target::{TARGETS, Target};

/// As in the program itself: what is measured is what a user has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for.
struct Order {
    qarar: PathBuf,
    targets: Vec<&'static Target>,
    seconds: u64,
    seed: u64,
}

fn order(arguments: &[String]) -> Option<Order> {
    let [flag, qarar, rest @ ..] = arguments else {
        return None;
    };
    let name = rest.first().map_or("all", String::as_str);
    let targets: Vec<&Target> = TARGETS
        .iter()
        .filter(|target| name == "all" || target.name == name)
        .collect();
    let number = |place: usize, otherwise: u64| rest.get(place).map_or(Some(otherwise), |text| text.parse().ok());
    (flag == "--qarar" && !targets.is_empty()).then_some(Order {
        qarar: qarar.into(),
        targets,
        seconds: number(1, 60)?,
        seed: number(2, 61_180)?,
    })
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name] = &arguments[..]
        && flag == worker::FLAG
    {
        return worker::run(name);
    }
    let Some(order) = order(&arguments) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!(
            "qarar-fuzz --qarar PROGRAM [TARGET [SECONDS [SEED]]]; targets: {}",
            names.join(", ")
        );
        return ExitCode::from(2);
    };
    let share = Duration::from_millis(order.seconds * 1000 / order.targets.len() as u64);
    let mut faults = 0;
    for target in &order.targets {
        match hunt::hunt(target, &order.qarar, share, order.seed) {
            Ok(tally) => {
                println!("{tally}");
                faults += tally.faults;
            }
            Err(error) => {
                eprintln!("{}: {error}", target.name);
                faults += 1;
            }
        }
    }
    if faults == 0 {
        ExitCode::SUCCESS
    } else {
        println!("{faults} faults, in fuzz/found/");
        ExitCode::FAILURE
    }
}
