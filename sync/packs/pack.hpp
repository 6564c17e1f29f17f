#pragma once
#include "content/document.hpp"
#include "content/reader.hpp"
#include "quizzes/gift.hpp"
#include "sync/database/connection.hpp"
#include <filesystem>
#include <memory>

namespace adal::sync {

/// A picture ready to draw: straight (not premultiplied) RGBA, row by row.
struct Texture {
    int width = 0, height = 0;
    Bytes rgba;
};

/// One SQLite file with texts as written, pictures as textures, items and tests. Two kinds: the library (documents, modules, pictures, curriculum)
/// and the bank (items, tests), which a revoked terminal wipes. Named by the SHA-256 of the file; the same input gives the same file.
/// Opening checks the hash and never writes; texts are parsed when asked for.
class Pack {
public:
    /// Corrupt if the bytes do not have this hash or are not a pack; InvalidInput if it is of a newer format.
    static Expected<Pack> open(const std::filesystem::path&, const Hash&);

    Expected<content::DocumentText> document(const DocumentId&, Language) const;
    Expected<content::ModuleText> module(const ModuleId&, Language) const;
    Expected<Hash> text_hash(const std::string& id, Language) const; // SHA-256 of the exact source bytes, for acknowledgements
    Expected<content::Curriculum> curriculum() const;
    Expected<Texture> picture(const std::string& owner, const std::string& name) const; // owner: module or document id
    Expected<quizzes::Item> check(const ModuleId&, int page) const;                     // NotFound if the page has none
    Expected<quizzes::AssessmentTest> test(const TestId&) const;
    Expected<quizzes::Bank> bank() const;

    Pack(Pack&&) noexcept;
    Pack& operator=(Pack&&) noexcept;
    ~Pack();

private:
    struct State;
    explicit Pack(std::unique_ptr<State>);
    std::unique_ptr<State> state_;
};

} // namespace adal::sync
