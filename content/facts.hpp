#pragma once
#include "content/base/bytes.hpp"
#include "content/base/ids.hpp"
#include "content/base/text.hpp"
#include <vector>

/// What a person did with what is taught. Past tense, finished; each holds what was decided, not how to decide it again.
namespace adal::content {

/// A section was on the screen for so long, in this language. Evidence, never a gate.
struct SectionRead {
    DocumentId document;
    int version = 0;
    int section = 0;
    Language language{};
    int seconds = 0;
    bool operator==(const SectionRead&) const = default;
};

struct DocumentAcknowledged {
    DocumentId document;
    int version = 0;
    Language language{};              // the language of the declaration
    std::vector<Language> read_in;    // languages the sections were read in
    Hash text{};                      // SHA-256 of the exact bytes shown, in `language`
    std::string declaration;          // as accepted, without the name: {name} stays
    bool operator==(const DocumentAcknowledged&) const = default;
};

struct PageFinished {
    ModuleId module;
    int version = 0;
    int page = 0; // from 1
    Language language{};
    bool operator==(const PageFinished&) const = default;
};

struct CheckAnswered {
    ModuleId module;
    int version = 0;
    ItemId item;
    ChoiceId choice;
    bool right = false;
    Language language{};
    bool operator==(const CheckAnswered&) const = default;
};

struct ModuleCompleted {
    ModuleId module;
    int version = 0;
    bool operator==(const ModuleCompleted&) const = default;
};

} // namespace adal::content
