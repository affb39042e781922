//! Draws pages of a stranger's PDF in a process of its own, under bounds of memory and time: what brings that process down is
//! told of the page that it was at, and the pages after it are drawn by the next process.
//!
//! The process is asked on its standard input, by the number of pixels an inch, the number of pages, the pages, and the file;
//! it answers every page by a letter, a length and so many bytes: a PNG, or words that say why there is none.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use hayro::hayro_syntax::Pdf;

use super::raster::Artist;
use qarar_bounds::apart::{self, Downfall};
use qarar_bounds::limits::{DRAWING_MEMORY, DRAWING_SECONDS};

/// A picture follows.
const PICTURE: u8 = b'p';
/// Words follow.
const WORDS: u8 = b'w';
/// No answer is longer: a picture of the most pixels, in colour, that cannot be pressed together.
const LONGEST_ANSWER: usize = 256 << 20;

/// What came of the pages of a PDF.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The pictures as PNG, by page; empty where a page was not asked for or cannot be drawn.
    pub pictures: Vec<Vec<u8>>,
    /// The pages, from 1, that cannot be drawn, each with the reason.
    pub faults: Vec<(usize, String)>,
}

/// Draws pages of a PDF, which count from 1, in processes of their own. `program` makes a command that calls
/// [`serve_drawing`] and does nothing else: `qarar draw-pages`, or one of your own.
///
/// ```no_run
/// let program = || {
///     let mut qarar = std::process::Command::new("qarar");
///     qarar.arg("draw-pages");
///     Ok(qarar)
/// };
/// let file = std::fs::read("of-a-stranger.pdf")?;
/// let drawn = qarar_layout::draw_apart(program, &file, 110.0, &[1, 2])?;
/// # std::io::Result::Ok(())
/// ```
///
/// # Errors
/// When no process can be started.
pub fn draw_apart(
    program: impl Fn() -> io::Result<Command>,
    bytes: &[u8],
    dpi: f32,
    pages: &[usize],
) -> io::Result<Drawn> {
    let deadline = Instant::now() + Duration::from_secs(DRAWING_SECONDS as u64);
    let mut drawn = Drawn {
        pictures: vec![Vec::new(); pages.iter().copied().max().unwrap_or_default()],
        faults: Vec::new(),
    };
    let mut left: VecDeque<usize> = pages.iter().copied().collect();
    while !left.is_empty() {
        let request = request(bytes, dpi, &left);
        let child = start(program()?)?;
        let Some(fall) = session(child, &request, deadline, &mut left, &mut drawn)? else {
            break;
        };
        let fallen = match fall {
            Downfall::Time(_) => left.len(),
            _ => 1,
        };
        drawn.faults.extend(
            left.drain(..fallen.min(left.len()))
                .map(|page| (page, fall.to_string())),
        );
    }
    Ok(drawn)
}

fn start(mut command: Command) -> io::Result<Child> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

fn request(bytes: &[u8], dpi: f32, pages: &VecDeque<usize>) -> Vec<u8> {
    let mut request = dpi.to_le_bytes().to_vec();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    request.extend(number(pages.len()));
    pages.iter().for_each(|page| request.extend(number(*page)));
    request.extend(bytes);
    request
}

/// Has a process draw what is left; tells why it fell before it was done.
fn session(
    mut child: Child,
    request: &[u8],
    deadline: Instant,
    left: &mut VecDeque<usize>,
    drawn: &mut Drawn,
) -> io::Result<Option<Downfall>> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, answers) = channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            // A process that fell does not listen; it is told of by its end.
            let _ = stdin.map(|mut pipe| pipe.write_all(request));
        });
        scope.spawn(move || {
            let mut pipe = stdout.map(io::BufReader::new);
            while let Some(answer) = pipe.as_mut().and_then(|pipe| answer(pipe).ok()) {
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        let said = scope.spawn(|| stderr.map(apart::heard).unwrap_or_default());
        let late = gather(&answers, deadline, left, drawn);
        apart::end(&mut child)?;
        let said = said.join().unwrap_or_default();
        Ok(match (left.is_empty(), late) {
            (true, _) => None,
            (false, true) => Some(Downfall::Time(DRAWING_SECONDS)),
            (false, false) => Some(Downfall::of(&String::from_utf8_lossy(&said), DRAWING_MEMORY)),
        })
    })
}

/// Takes the answers for what is left as they come; tells whether time ran out.
fn gather(
    answers: &Receiver<Result<Vec<u8>, String>>,
    deadline: Instant,
    left: &mut VecDeque<usize>,
    drawn: &mut Drawn,
) -> bool {
    while let Some(page) = left.front().copied() {
        match answers.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Ok(picture)) => drawn.pictures[page - 1] = picture,
            Ok(Err(words)) => drawn.faults.push((page, words)),
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        left.pop_front();
    }
    false
}

/// Reads an answer: a picture, or the words that say why there is none.
fn answer(pipe: &mut impl Read) -> io::Result<Result<Vec<u8>, String>> {
    let mut head = [0; 5];
    pipe.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST_ANSWER {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    pipe.read_exact(&mut bytes)?;
    Ok(match kind {
        PICTURE => Ok(bytes),
        _ => Err(String::from_utf8_lossy(&bytes).into_owned()),
    })
}

/// The work of a process that draws: answers the request on its standard input, and bounds the process before.
///
/// # Errors
/// When the request is none, or nobody takes the answer.
pub fn serve_drawing() -> io::Result<()> {
    apart::bound_this_process(DRAWING_MEMORY, Some(DRAWING_SECONDS));
    let mut input = io::stdin().lock();
    let mut number = || -> io::Result<[u8; 4]> {
        let mut bytes = [0; 4];
        input.read_exact(&mut bytes)?;
        Ok(bytes)
    };
    let dpi = f32::from_le_bytes(number()?);
    let count = u32::from_le_bytes(number()?);
    let pages = (0..count).map(|_| Ok(u32::from_le_bytes(number()?) as usize));
    let pages: Vec<usize> = pages.collect::<io::Result<_>>()?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let mut output = io::stdout().lock();
    let mut tell = |kind: u8, bytes: &[u8]| {
        let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        output.write_all(&[kind])?;
        output.write_all(&length.to_le_bytes())?;
        output.write_all(bytes)?;
        output.flush()
    };
    let Ok(pdf) = Pdf::new(bytes) else {
        let words = "the library that draws cannot read the file";
        return pages.iter().try_for_each(|_| tell(WORDS, words.as_bytes()));
    };
    let artist = Artist::new(&pdf, dpi);
    pages.iter().try_for_each(|page| match artist.draw(*page) {
        Ok(picture) => tell(PICTURE, &picture),
        Err(fault) => tell(WORDS, fault.to_string().as_bytes()),
    })
}
