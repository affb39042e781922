//! Urdu. The United Nations publish no resolutions in it: the lines follow the usage of official Urdu in Pakistan.

use super::Ordinal;

/// The first to the sixth, masculine, which are words of their own but for the fifth.
const FIRST: [&str; 6] = ["پہلا", "دوسرا", "تیسرا", "چوتھا", "پانچواں", "چھٹا"];

/// The cardinals 1 to 99, ten a row: below a hundred every one is a word of its own.
const CARDINALS: [&str; 10] = [
    "ایک دو تین چار پانچ چھ سات آٹھ نو",
    "دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس",
    "بیس اکیس بائیس تئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس",
    "تیس اکتیس بتیس تینتیس چونتیس پینتیس چھتیس سینتیس اڑتیس انتالیس",
    "چالیس اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس انچاس",
    "پچاس اکاون باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ",
    "ساٹھ اکسٹھ باسٹھ تریسٹھ چونسٹھ پینسٹھ چھیاسٹھ سڑسٹھ اڑسٹھ انہتر",
    "ستر اکہتر بہتر تہتر چوہتر پچہتر چھہتر ستتر اٹھہتر اناسی",
    "اسی اکیاسی بیاسی تراسی چوراسی پچاسی چھیاسی ستاسی اٹھاسی نواسی",
    "نوے اکانوے بانوے ترانوے چورانوے پچانوے چھیانوے ستانوے اٹھانوے ننانوے",
];

/// A masculine ordinal in words, 1 to 199: the cardinal and `واں` from the seventh on, after a hundred for all.
fn ordinal(n: u32) -> Option<String> {
    let place = usize::try_from(n).ok()?;
    Some(match place {
        1..=6 => FIRST[place - 1].to_owned(),
        7..=99 => regular(place)?,
        100 => "سوواں".to_owned(),
        101..=199 => format!("ایک سو {}", regular(place - 100)?),
        _ => return None,
    })
}

/// The cardinal, 1 to 99, and the ending of an ordinal. The ninth (`نواں`) has one waw.
fn regular(place: usize) -> Option<String> {
    // The first row has no zero.
    let column = if place < 10 { place.checked_sub(1)? } else { place % 10 };
    let cardinal = CARDINALS.get(place / 10)?.split(' ').nth(column)?;
    Some(if place == 9 {
        "نواں".to_owned()
    } else {
        format!("{cardinal}واں")
    })
}

/// The first to the sixth, feminine.
const FIRST_FEMININE: [&str; 6] = ["پہلی", "دوسری", "تیسری", "چوتھی", "پانچویں", "چھٹی"];

/// An ordinal in words, 1 to 199, of a gender; masculine where it stands alone. The ending of a feminine one is `ویں`.
pub(super) fn ordinal_in_words(form: Ordinal, n: u32) -> Option<String> {
    let words = ordinal(n)?;
    if form != Ordinal::Feminine {
        return Some(words);
    }
    let first = usize::try_from(n)
        .ok()
        .and_then(|n| FIRST_FEMININE.get(n.checked_sub(1)?));
    let stem = words.strip_suffix("اں").map(|stem| format!("{stem}یں"));
    first.map(|word| (*word).to_owned()).or(stem)
}
