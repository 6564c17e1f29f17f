#pragma once
#include "content/curriculum.hpp"
#include "quizzes/assessment_test.hpp"
#include "sync/duties/duties.hpp"
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"
#include "sync/packs/builder.hpp"
#include "sync/packs/pack.hpp"
#include "sync/packs/release.hpp"

/// What is taught now, and how a new release comes to be. Packs live in the database; the folder packs/ is a cache.
namespace adal::sync::hq {

/// What the console needs to know of the current release. Empty before the first `publish`.
struct Teaching {
    std::int64_t release = 0;
    UtcTime published_at;
    content::Curriculum curriculum;
    std::map<std::string, TestPolicy> policies;
    std::map<std::string, quizzes::AssessmentTest> tests;
    std::map<std::string, int> parts; // of each document and module: sections, pages
    const content::DutyRule* find(const std::string& rule) const;
};
Expected<Teaching> read_teaching(Store&, const HqFolder&);

/// The numbered, signed list of packs; empty bytes when nothing was published.
struct CurrentRelease {
    std::int64_t number = 0;
    Bytes envelope;
};
Expected<CurrentRelease> current_release(Store&);
Expected<Bytes> pack_content(Store&, const Hash&); // NotFound
Expected<Pack> open_pack(Store&, const HqFolder&, const Hash&); // as a file, taken from the database when the cache has lost it

/// The packs of the current release once more, under the next number, the present incarnation and the present key: for an
/// HQ that was restored, or whose release key was replaced. Nothing if nothing was published; inside a write.
Expected<std::optional<Release>> sign_release_again(Store&, const HqKeys&, UtcTime now);

/// Builds both packs, signs a release over them and keeps all in one write; duties are folded anew. Error findings mean
/// that nothing was published.
struct Publication {
    std::optional<Release> release;
    content::Findings findings;
};
Expected<Publication> publish(Store&, const HqFolder&, const HqKeys&, const std::filesystem::path& library,
                              const std::filesystem::path& bank, const Actor&, const Clock&, Random&);

} // namespace adal::sync::hq
