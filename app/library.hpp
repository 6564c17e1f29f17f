#pragma once
#include "sync/duties/duties.hpp"
#include "sync/packs/pack.hpp"
#include "sync/packs/release.hpp"
#include <map>
#include <memory>

namespace adal::app {

/// What this terminal teaches and asks: the packs of one release, opened once, texts read when first asked for.
///
/// A pack that is missing or broken is remembered, not fatal: the terminal goes on with what is whole, and says what is
/// not.
class Library {
public:
    Library() = default; // before the first release: empty
    static Library open(const sync::Release&, const std::filesystem::path& packs);
    static Library broken(Error);

    const std::optional<Error>& trouble() const
    {
        return trouble_;
    } // of texts and curriculum: nothing can be done without
    const std::optional<Error>& bank_trouble() const { return bank_trouble_; } // no test can be taken
    bool is_empty() const { return !texts_ && !trouble_; }

    const content::Curriculum& curriculum() const { return curriculum_; }
    const content::DutyRule* rule(const DutyId&) const;
    const std::map<std::string, sync::TestPolicy>& policies() const { return policies_; }
    int parts_of(const content::DutyRule&) const; // sections or pages; 0 for tests

    Expected<std::shared_ptr<const content::DocumentText>> document(const DocumentId&, Language) const;
    Expected<std::shared_ptr<const content::ModuleText>> module(const ModuleId&, Language) const;
    Expected<Hash> text_hash(const DocumentId&, Language) const;
    std::shared_ptr<const sync::Texture> picture(const ModuleId&, const std::string& name) const; // null if it has none
    std::optional<quizzes::Item> check(const ModuleId&, int page) const;

    Expected<quizzes::AssessmentTest> test(const TestId&) const;
    Expected<std::shared_ptr<const quizzes::Bank>> bank() const;

private:
    template <class Text> using Cache = std::map<std::pair<std::string, Language>, std::shared_ptr<const Text>>;

    std::shared_ptr<const sync::Pack> texts_, items_;
    std::optional<Error> trouble_, bank_trouble_;
    content::Curriculum curriculum_;
    std::map<std::string, sync::TestPolicy> policies_;
    std::shared_ptr<const quizzes::Bank> bank_;
    mutable Cache<content::DocumentText> documents_;
    mutable Cache<content::ModuleText> modules_;
    mutable std::map<std::pair<std::string, std::string>, std::shared_ptr<const sync::Texture>> pictures_;

    void open_texts(const sync::Release&, const std::filesystem::path& packs);
    void open_items(const sync::Release&, const std::filesystem::path& packs);
};

} // namespace adal::app
