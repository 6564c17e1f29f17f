#include "app/library.hpp"
#include <algorithm>

namespace adal::app {
namespace {

Expected<std::shared_ptr<const sync::Pack>> open_pack(const sync::Release& release, std::string_view kind,
                                                      const std::filesystem::path& packs)
{
    const auto* entry = release.find(kind);
    if (!entry) return fail(ErrorKind::NotFound, "trouble.release.without_pack", {{"kind", std::string{kind}}});
    auto pack = sync::Pack::open(packs / (to_hex(entry->hash) + ".pack"), entry->hash);
    if (!pack) return pack.error();
    return std::make_shared<const sync::Pack>(std::move(*pack));
}

Error nothing_here() { return fail(ErrorKind::NotFound, "trouble.no_release"); }

// A text read once stays: a person turns pages and languages quickly.
template <class Cache, class Read>
auto remembered(Cache& cache, const std::string& id, Language language, const Read& read)
    -> Expected<typename Cache::mapped_type>
{
    if (const auto found = cache.find({id, language}); found != cache.end()) return found->second;
    auto text = read();
    if (!text) return text.error();
    auto shared = std::make_shared<std::remove_cvref_t<decltype(*text)>>(std::move(*text));
    return cache.emplace(std::pair{id, language}, std::move(shared)).first->second;
}
} // namespace

Library Library::open(const sync::Release& release, const std::filesystem::path& packs)
{
    Library library;
    library.open_texts(release, packs);
    library.open_items(release, packs);
    return library;
}

Library Library::broken(Error error)
{
    Library library;
    library.trouble_ = library.bank_trouble_ = std::move(error);
    return library;
}

void Library::open_texts(const sync::Release& release, const std::filesystem::path& packs)
{
    auto pack = open_pack(release, "library", packs);
    auto curriculum = pack ? (*pack)->curriculum() : Expected<content::Curriculum>{pack.error()};
    if (!curriculum) {
        trouble_ = curriculum.error();
        return;
    }
    texts_ = std::move(*pack);
    curriculum_ = std::move(*curriculum);
}

void Library::open_items(const sync::Release& release, const std::filesystem::path& packs)
{
    auto pack = open_pack(release, "bank", packs);
    auto bank = pack ? (*pack)->bank() : Expected<quizzes::Bank>{pack.error()};
    if (!bank) {
        bank_trouble_ = bank.error();
        return;
    }
    items_ = std::move(*pack);
    bank_ = std::make_shared<const quizzes::Bank>(std::move(*bank));
    for (const auto& rule : curriculum_.duties)
        if (rule.kind == content::DutyKind::Test)
            if (const auto test = items_->test(TestId{rule.object}))
                policies_[rule.object] = {test->attempts, test->cooldown_days};
}

const content::DutyRule* Library::rule(const DutyId& id) const
{
    const auto found = std::find_if(curriculum_.duties.begin(), curriculum_.duties.end(),
                                    [&](const content::DutyRule& rule) { return rule.id == id; });
    return found == curriculum_.duties.end() ? nullptr : &*found;
}

int Library::parts_of(const content::DutyRule& rule) const
{
    if (rule.kind == content::DutyKind::Acknowledgement)
        if (const auto text = document(DocumentId{rule.object}, Language::kk))
            return static_cast<int>((*text)->sections.size());
    if (rule.kind == content::DutyKind::Module)
        if (const auto text = module(ModuleId{rule.object}, Language::kk))
            return static_cast<int>((*text)->pages.size());
    return 0;
}

Expected<std::shared_ptr<const content::DocumentText>> Library::document(const DocumentId& id, Language language) const
{
    if (!texts_) return nothing_here();
    return remembered(documents_, id.text, language, [&] { return texts_->document(id, language); });
}

Expected<std::shared_ptr<const content::ModuleText>> Library::module(const ModuleId& id, Language language) const
{
    if (!texts_) return nothing_here();
    return remembered(modules_, id.text, language, [&] { return texts_->module(id, language); });
}

Expected<Hash> Library::text_hash(const DocumentId& id, Language language) const
{
    if (!texts_) return nothing_here();
    return texts_->text_hash(id.text, language);
}

std::shared_ptr<const sync::Texture> Library::picture(const ModuleId& module, const std::string& name) const
{
    auto& kept = pictures_[{module.text, name}];
    if (kept || !texts_) return kept;
    if (auto texture = texts_->picture(module.text, name))
        kept = std::make_shared<const sync::Texture>(std::move(*texture));
    return kept;
}

std::optional<quizzes::Item> Library::check(const ModuleId& module, int page) const
{
    if (!texts_) return std::nullopt;
    auto item = texts_->check(module, page);
    return item ? std::optional{std::move(*item)} : std::nullopt;
}

Expected<quizzes::AssessmentTest> Library::test(const TestId& id) const
{
    if (!items_) return bank_trouble_ ? *bank_trouble_ : nothing_here();
    return items_->test(id);
}

Expected<std::shared_ptr<const quizzes::Bank>> Library::bank() const
{
    if (!bank_) return bank_trouble_ ? *bank_trouble_ : nothing_here();
    return bank_;
}

} // namespace adal::app
