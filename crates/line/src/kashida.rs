//! Kashida: a justified Arabic line is filled by elongating joints between letters, and only then by its spaces.
//!
//! Typst has put all stretch of a line into its spaces. It is taken back from them, as far as it goes, and given to one
//! joint a word: where to elongate tells [`super::joints`], how the word looks then [`super::reshape`]. An elongation is ink
//! only: it never enters the text.

use kashida::PatternSet;
use typst::layout::Abs;

use super::joints::{Joint, joints, patterns};
use super::reshape::shape;
use super::{Cell, Cluster, Line, Run};
use qarar_text::{Language, Script};

/// The longest elongation that is wanted, in em of the run.
const LONG: f64 = 0.45;
/// The part of the longest that is wanted of each word: as many words are elongated as give that.
const SHARE: f64 = 0.55;
/// The longest elongation that is taken when the spaces alone would grow over [`WIDE`].
const LONGEST: f64 = 1.1;
/// The shortest elongation: less would look like a fault of the letter.
pub(super) const SHORTEST: f64 = 0.06;
/// Spaces are left alone when they are stretched by no more than this part of their natural width: naskh prefers
/// moderate spaces where little is missing.
const MODERATE: f64 = 0.12;
/// The widest space that is wanted, by its natural width.
const WIDE: f64 = 1.25;
/// The widest space that there is: a line that would have wider ones is left short.
const WIDEST: f64 = 1.5;
/// Widths that differ by less are one width.
const HAIR: Abs = Abs::raw(0.002);
/// Two elongations in lines that follow each other stand on one column when they are nearer than this, in em.
const COLUMN: f64 = 0.6;

/// Elongates the lines of a cell.
pub fn elongate(cell: &mut Cell) {
    if cell.language.script() != Script::ARABIC {
        return;
    }
    let Some(patterns) = patterns() else { return };
    let language = cell.language;
    let mut above: Vec<Abs> = Vec::new();
    for line in &mut cell.lines {
        above = if line.justified {
            fill(line, patterns, language, &above)
        } else {
            Vec::new()
        };
    }
}

/// Fills a line; returns where its elongations stand.
fn fill(line: &mut Line, patterns: &PatternSet, language: Language, above: &[Abs]) -> Vec<Abs> {
    let Some(spaces) = Spaces::of(line) else {
        return Vec::new();
    };
    if spaces.excess <= spaces.natural * MODERATE {
        return Vec::new();
    }
    let size = line.runs.iter().map(|run| run.size).fold(Abs::zero(), Abs::max);
    let mut words = joints(line, patterns);
    loop {
        let chosen = choose(&words, above, size, spaces.excess);
        let amount = amount(&spaces, chosen.len(), size);
        let lacks = spaces.excess - amount * chosen.len() as f64 - spaces.natural * (WIDEST - 1.0);
        if lacks > size || chosen.is_empty() {
            // What falls so short is set as a last line is.
            if lacks > HAIR {
                leave_short(line, &spaces, if lacks > size { 1.0 } else { WIDEST });
            }
            return Vec::new();
        }
        let (mut shaped, mut refused) = (Vec::new(), Vec::new());
        for joint in chosen {
            match shape(line, &joint, amount, language) {
                Some(clusters) => shaped.push((joint, clusters)),
                None => refused.push(joint),
            }
        }
        if refused.is_empty() {
            let done = shaped.iter().map(|(joint, _)| joint.x).collect();
            replace(line, shaped);
            if lacks > HAIR {
                leave_short(line, &spaces, WIDEST);
            } else {
                settle(line, &spaces);
            }
            return done;
        }
        // Where the font has no form for an elongation, another joint takes its share.
        for joints in &mut words {
            joints.retain(|joint| !refused.iter().any(|other| other.is_same(joint)));
        }
        words.retain(|joints| !joints.is_empty());
    }
}

/// The spaces of a line.
struct Spaces {
    /// Their natural widths together.
    natural: Abs,
    /// What justification added.
    excess: Abs,
    /// The left and right edge of the line, which stay.
    left: Abs,
    right: Abs,
}

impl Spaces {
    fn of(line: &Line) -> Option<Self> {
        let natural: Abs = line.spaces().map(|(natural, _)| natural * line.space).sum();
        let wide: Abs = line.spaces().map(|(_, set)| set).sum();
        let left = line.runs.first()?.left();
        let right = line.runs.last()?.right();
        (natural > Abs::zero()).then(|| Self {
            natural,
            excess: wide - natural,
            left,
            right,
        })
    }
}

/// How much each of `count` joints gets: all, as far as the longest goes; beyond that, enough to keep the spaces from
/// growing too wide.
fn amount(spaces: &Spaces, count: usize, size: Abs) -> Abs {
    let count = count.max(1) as f64;
    let even = spaces.excess / count;
    let needed = (spaces.excess - spaces.natural * (WIDE - 1.0)) / count;
    even.min((size * LONG).max(needed)).min(size * LONGEST)
}

/// Chooses the joint of each word, and the words: those of the best joints, as many as give elongations that can be
/// seen, none under one of the line above when the word has another or the line has enough.
fn choose(words: &[Vec<Joint>], above: &[Abs], size: Abs, excess: Abs) -> Vec<Joint> {
    let stands_under = |joint: &Joint| above.iter().any(|x| (*x - joint.x).abs() < size * COLUMN);
    let mut chosen: Vec<(bool, Joint)> = Vec::new();
    for joints in words {
        // A joint under another one may be left for one that is little worse.
        let free = joints
            .iter()
            .find(|joint| !stands_under(joint) && joint.priority + 2 >= joints[0].priority);
        match free {
            Some(joint) => chosen.push((false, joint.clone())),
            None => chosen.extend(joints.first().map(|joint| (true, joint.clone()))),
        }
    }
    let wanted = (excess / (size * LONG * SHARE)).ceil().max(1.0) as usize;
    let most = (excess / (size * SHORTEST)).floor().max(1.0) as usize;
    let wanted = wanted.min(most).min(chosen.len());
    // The better joints first; of equal ones, those that spread over the line.
    chosen.sort_by(|(under, a), (other, b)| {
        under
            .cmp(other)
            .then(b.priority.cmp(&a.priority))
            .then(a.x.to_raw().total_cmp(&b.x.to_raw()))
    });
    let mut joints = spread(&chosen, wanted);
    joints.sort_by(|a, b| a.run.cmp(&b.run).then(a.first.cmp(&b.first)));
    joints
}

/// Takes `wanted` of the joints, which are sorted from good to bad: whole classes while they fit, and of the class that
/// does not, every n-th. A joint under another one is of a class below all that are not. Of two words beside each other only one
/// is taken while others are left.
fn spread(joints: &[(bool, Joint)], wanted: usize) -> Vec<Joint> {
    let class_of = |(under, joint): &(bool, Joint)| (*under, std::cmp::Reverse(joint.priority));
    let mut taken: Vec<Joint> = Vec::with_capacity(wanted);
    let mut beside: Vec<&Joint> = Vec::new();
    for class in joints.chunk_by(|a, b| class_of(a) == class_of(b)) {
        let open = wanted - taken.len();
        for at in evenly(class.len(), open) {
            let joint = &class[at].1;
            if taken.len() == wanted {
                break;
            }
            if taken.iter().any(|other| other.word.abs_diff(joint.word) == 1) {
                beside.push(joint);
            } else {
                taken.push(joint.clone());
            }
        }
    }
    let open = wanted - taken.len();
    taken.extend(beside.into_iter().take(open).cloned());
    taken
}

/// All of `count` places, `first` of them that spread over all before the others.
fn evenly(count: usize, first: usize) -> Vec<usize> {
    let spread: Vec<usize> = match first {
        0 => Vec::new(),
        first if first >= count => (0..count).collect(),
        first => (0..first).map(|n| n * count / first).collect(),
    };
    let others = (0..count).filter(|at| spread.binary_search(at).is_err());
    spread.iter().copied().chain(others).collect()
}

/// Puts elongated words into the line. The last word first, so that the places of the others stay.
fn replace(line: &mut Line, mut words: Vec<(Joint, Vec<Cluster>)>) {
    words.sort_by_key(|(joint, _)| std::cmp::Reverse((joint.run, joint.first)));
    for (joint, mut clusters) in words {
        let run = &mut line.runs[joint.run];
        let left = run.clusters[joint.first].x;
        let before: Abs = run.clusters[joint.first..joint.end].iter().map(|c| c.advance).sum();
        let after: Abs = clusters.iter().map(|c| c.advance).sum();
        for cluster in &mut clusters {
            cluster.x += left;
        }
        for cluster in &mut run.clusters[joint.end..] {
            cluster.x += after - before;
        }
        run.clusters.splice(joint.first..joint.end, clusters);
        for later in &mut line.runs[joint.run + 1..] {
            for cluster in &mut later.clusters {
                cluster.x += after - before;
            }
        }
    }
}

/// Gives the spaces what is left, so that the line keeps its edges.
fn settle(line: &mut Line, spaces: &Spaces) {
    let Some(right) = line.runs.last().map(Run::right) else {
        return;
    };
    let grown = right - spaces.right;
    let width = width_of_spaces(line);
    if width <= Abs::zero() {
        return;
    }
    scale_spaces(line, (width - grown) / width);
    debug_assert!((line.runs.last().map_or(spaces.right, Run::right) - spaces.right).abs() < Abs::pt(0.01));
    debug_assert!((line.runs.first().map_or(spaces.left, Run::left) - spaces.left).abs() < Abs::pt(0.01));
}

/// The last resort: a line that would have wider spaces than [`WIDEST`], however long its elongations, ends before the
/// edge. Its spaces are `factor` of their natural width.
fn leave_short(line: &mut Line, spaces: &Spaces, factor: f64) {
    let width = width_of_spaces(line);
    if width <= Abs::zero() {
        return;
    }
    scale_spaces(line, spaces.natural * factor / width);
    let right = line.runs.last().map_or(spaces.right, Run::right);
    for cluster in line.runs.iter_mut().flat_map(|run| &mut run.clusters) {
        cluster.x += spaces.right - right;
    }
    line.justified = false;
    line.short = true;
}

fn width_of_spaces(line: &Line) -> Abs {
    let spaces = line.clusters().filter(|(_, cluster)| cluster.is_elastic());
    spaces.map(|(_, cluster)| cluster.advance).sum()
}

/// Scales the spaces of a line, whose left edge stays.
fn scale_spaces(line: &mut Line, factor: f64) {
    let mut shift = Abs::zero();
    for run in &mut line.runs {
        for cluster in &mut run.clusters {
            cluster.x += shift;
            if cluster.is_elastic() {
                let new = cluster.advance * factor;
                shift += new - cluster.advance;
                cluster.advance = new;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If it fails, two words beside each other are elongated while others could be.
    #[test]
    fn words_beside_each_other_are_not_both_elongated() {
        let joint = |word: usize| Joint {
            run: 0,
            first: word,
            end: word + 1,
            word,
            after: 2,
            priority: 5,
            x: Abs::pt(word as f64),
        };
        let sorted: Vec<(bool, Joint)> = (0..6).map(|word| (false, joint(word))).collect();
        let words = |wanted| {
            let mut words: Vec<usize> = spread(&sorted, wanted).iter().map(|joint| joint.word).collect();
            words.sort_unstable();
            words
        };
        assert_eq!(words(2), [0, 3]);
        assert_eq!(words(3), [0, 2, 4]);
        assert_eq!(words(6), [0, 1, 2, 3, 4, 5]);
    }

    /// If it fails, a line is elongated in fewer words than it was meant to be, and its spaces grow instead.
    #[test]
    fn no_joint_is_taken_twice() {
        let joint = |first: usize, priority| Joint {
            run: 0,
            first,
            end: first + 1,
            word: first,
            after: 2,
            priority,
            x: Abs::pt(first as f64),
        };
        // A better joint that stands under one of the line above comes after the others.
        let sorted = [
            (false, joint(0, 6)),
            (false, joint(1, 5)),
            (false, joint(2, 5)),
            (true, joint(3, 9)),
        ];
        for wanted in 1..=4 {
            let mut words: Vec<usize> = spread(&sorted, wanted).iter().map(|joint| joint.first).collect();
            words.dedup();
            assert_eq!(words.len(), wanted);
        }
    }
}
