//! A look at a template before Typst runs it: how deep its expressions nest, for Typst goes as deep on its stack, and whether
//! it asks for WebAssembly.

use std::thread;

use typst::syntax::{SyntaxKind, SyntaxNode, parse};

use crate::limits::TEMPLATE_NESTING;

/// What is wrong with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
    /// What is wrong.
    pub(super) what: What,
}

/// Why a template is not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum What {
    /// An expression nests too deep.
    #[error("this nests more than {TEMPLATE_NESTING} deep; divide it by `let`")]
    Depth,
    /// There is a plugin.
    #[error("a template has no WebAssembly: `plugin` cannot be used")]
    Plugin,
}

/// The stack in bytes that a template of the largest size may take to be parsed and dropped, whatever is in it.
const STACK: usize = 128 << 20;

/// The first fault of a template.
pub(super) fn fault(text: &str) -> Option<Fault> {
    // The tree is made and dropped by recursion; only what is used of the stack takes memory.
    thread::scope(|scope| {
        let look = thread::Builder::new().stack_size(STACK);
        let look = look.spawn_scoped(scope, || look_at(text)).ok()?;
        look.join().ok().flatten()
    })
}

fn look_at(text: &str) -> Option<Fault> {
    let root = parse(text);
    let mut stack: Vec<(&SyntaxNode, usize, usize)> = vec![(&root, 0, 0)];
    while let Some((node, depth, start)) = stack.pop() {
        let what = if depth > TEMPLATE_NESTING {
            What::Depth
        } else if node.kind() == SyntaxKind::Ident && text.get(start..start + node.len()) == Some("plugin") {
            What::Plugin
        } else {
            let mut end = start + node.len();
            // The first child is looked at first.
            for child in node.children().rev() {
                end -= child.len();
                stack.push((child, depth + 1, end));
            }
            continue;
        };
        let before = &text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        return Some(Fault { line, column, what });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_and_plugins_are_told_with_their_place() {
        let chain = format!("// a\n#let a = {}1", "1+".repeat(20_000));
        let found = fault(&chain).unwrap();
        assert_eq!((found.line, found.what), (2, What::Depth));
        let found = fault("#let a = 1\n#let b = std.plugin(bytes(()))").unwrap();
        assert_eq!((found.line, found.column, found.what), (2, 14, What::Plugin));
        assert_eq!(fault(include_str!("../../templates/resolution.typ")), None);
    }
}
