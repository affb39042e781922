//! The JSON Schema of `house.toml`, for editors: made from the table that the file is read by.

use serde_json::{Value as Json, json};

use super::keys;
use crate::source::facts::schema_of_table;

/// The schema.
pub(crate) fn house_schema() -> Json {
    let mut schema = schema_of_table(&keys::house());
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("house.toml of qarar"));
    schema.insert(
        "description".to_owned(),
        json!("What belongs to an organization and not to a document: its name, paper, letters, heads and feet."),
    );
    Json::Object(schema)
}
