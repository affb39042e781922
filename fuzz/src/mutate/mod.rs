//! The ways to spoil an input.

pub(crate) mod bytes;
pub(crate) mod font;
pub(crate) mod pdf_file;
pub(crate) mod tokens;

use fastrand::Rng;

/// What a mutation is made from.
pub(crate) struct Material<'a> {
    /// The files of the target.
    pub(crate) corpus: &'a [Vec<u8>],
    /// The words of the target.
    pub(crate) words: &'a [&'a str],
}

/// Spoils an input once.
pub(crate) type Mutation = fn(&mut Rng, &Material<'_>, &mut Vec<u8>);

/// Larger inputs tell nothing that smaller ones do not.
const LARGEST: usize = 4 << 20;

/// The input of a number: a file of the corpus, spoiled a few times.
pub(crate) fn input(seed: u64, number: u64, mutations: &[Mutation], material: &Material<'_>) -> Vec<u8> {
    // A seed for each number, so that an input can be made again without those before it.
    let mut random = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut input = match material.corpus.len() {
        0 => Vec::new(),
        files => material.corpus[random.usize(..files)].clone(),
    };
    for _ in 0..random.usize(1..=4) {
        let mutation = mutations[random.usize(..mutations.len())];
        mutation(&mut random, material, &mut input);
        input.truncate(LARGEST);
    }
    input
}

/// Numbers at which programs fail.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "1",
    "2",
    "255",
    "256",
    "32768",
    "65535",
    "65536",
    "2147483647",
    "4294967295",
    "99999999999",
    "1e300",
    "0.00000001",
];

/// A range of a slice of this length, seldom long.
fn range(random: &mut Rng, length: usize) -> std::ops::Range<usize> {
    if length == 0 {
        return 0..0;
    }
    let start = random.usize(..length);
    let most = (length - start).min(1 << random.usize(0..=12));
    start..start + random.usize(0..=most)
}

/// How often something is repeated: mostly a few times, seldom so often that it nests too deep.
fn times(random: &mut Rng) -> usize {
    match random.u8(..16) {
        0 => random.usize(1000..=20_000),
        1 | 2 => random.usize(20..=300),
        _ => random.usize(1..=4),
    }
}
