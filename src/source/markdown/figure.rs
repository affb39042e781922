//! Pictures: paragraphs of nothing but `![what is to be seen](file.svg "what stands below it")`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::TextReader;
use crate::diagnostic::Diagnostic;
use crate::model::{Block, Figure, Inline, Label, Picture, Within};

impl TextReader<'_> {
    /// Whether what is read next is an image.
    pub(super) fn starts_with_image(&mut self) -> bool {
        self.events.peek().is_some_and(|(event, _)| is_image(event))
    }

    /// Reads the picture that a paragraph is whose start was taken, to the end of the paragraph. `item` is that of a list that
    /// it is of. `false` where the paragraph starts with none.
    pub(super) fn figure(&mut self, item: Option<Label>) -> bool {
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), span)) =
            self.events.next_if(|(event, _)| is_image(event))
        else {
            return false;
        };
        let alt = self.alternative();
        let caption = self.caption(&title, &span);
        let rest = self.running();
        self.end(TagEnd::Paragraph);
        if !rest.content.is_empty() {
            self.fault(inside(), span);
            self.doubts.refused.insert(self.blocks.len());
            return true;
        }
        if alt.trim().is_empty() {
            let fault = Diagnostic::error("a picture without alternative text").rule("picture");
            let hint = "say in the brackets what is to be seen, for those who do not see it: `![…](…)`";
            self.fault(fault.hint(hint), span.clone());
        }
        let source = self.source(&span);
        let named = source.rfind(&*dest_url).filter(|_| !dest_url.is_empty());
        let named = named.map_or(span.clone(), |at| span.start + at..span.start + at + dest_url.len());
        let within = match self.quotation {
            Some(quotation) => Within {
                quotation: Some(quotation.ordinal),
                item: quotation.item,
                quoted_item: item,
                verse: None,
            },
            None => Within {
                item,
                ..Within::default()
            },
        };
        self.blocks.push(Block::Figure(Figure {
            file: dest_url.to_string(),
            named,
            alt,
            caption,
            picture: Picture::default(),
            id: rest.id,
            within,
            span,
        }));
        true
    }

    /// The alternative text, up to the end of the image.
    fn alternative(&mut self) -> String {
        let mut alt = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some((Event::Text(text) | Event::Code(text), _)) => alt.push_str(&text),
                Some((Event::SoftBreak | Event::HardBreak, _)) => alt.push(' '),
                Some((Event::FootnoteReference(name), span)) => {
                    let message = format!("note `{name}` is marked in the alternative text of a picture");
                    let fault = Diagnostic::error(message).rule("picture");
                    self.fault(fault.hint("mark it in the text: alternative text is not printed"), span);
                }
                Some(_) => {}
                None => break,
            }
        }
        alt.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What stands below a picture: its title.
    fn caption(&self, title: &str, image: &Range<usize>) -> Vec<Inline> {
        let text = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Vec::new();
        }
        let source = self.source(image);
        let at = source.rfind(title);
        let span = at.map_or(image.clone(), |at| image.start + at..image.start + at + title.len());
        vec![Inline::Text { text, span }]
    }

    /// Tells of an image that is no paragraph of its own, whose start was taken.
    pub(super) fn image_inside(&mut self, span: Range<usize>) {
        self.skip();
        self.unread.push(span.clone());
        self.doubts.refused.insert(self.blocks.len());
        self.fault(inside(), span);
    }
}

/// Whether an image starts, with its file beside it.
fn is_image(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Image {
            link_type: LinkType::Inline,
            ..
        })
    )
}

fn inside() -> Diagnostic {
    Diagnostic::error("a picture inside a paragraph")
        .rule("picture")
        .hint("write it as a paragraph of its own, with an empty line before and after it")
}
