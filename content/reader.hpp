#pragma once
#include "content/base/expected.hpp"
#include "content/curriculum.hpp"
#include "content/document.hpp"
#include "content/finding.hpp"
#include <string_view>

namespace adal::content {

/// Reads what an author wrote: front matter, then CommonMark (cmark-gfm). `file` is only named in findings.
/// Whatever is not understood is a finding with its line; a text with an error among its findings is not to be used.
template <class T> struct Reading {
    T text;
    Findings findings;
};
Reading<DocumentText> read_document(std::string_view source, Language, const std::string& file);
Reading<ModuleText> read_module(std::string_view source, Language, const std::string& file);
Reading<Curriculum> read_curriculum(std::string_view json, const std::string& file);

/// The same document or module over its three languages: same sections, anchors, pictures, checks, version.
Findings compare(const std::vector<std::pair<std::string, DocumentText>>& files_and_texts);
Findings compare(const std::vector<std::pair<std::string, ModuleText>>& files_and_texts);

} // namespace adal::content
