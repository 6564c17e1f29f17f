#include "sync/link/installation.hpp"
#include "sync/link/judgement.hpp"
#include "sync/link/renewal.hpp"
#include "sync/packs/format.hpp"
#include "sync/packs/pack.hpp"
#include <set>

namespace adal::sync {

namespace fs = std::filesystem;

namespace {

fs::path pack_file(const TerminalFolder& folder, const Hash& hash) { return folder.packs() / pack_file_name(hash); }

void add_names(const Release& release, std::set<std::string>& names)
{
    for (const auto& pack : release.packs) names.insert(pack_file_name(pack.hash));
}

void remove_others(const TerminalFolder& folder, const std::set<std::string>& named)
{
    std::error_code ignored;
    std::vector<fs::path> others;
    for (const auto& entry : fs::directory_iterator{folder.packs(), ignored})
        if (!named.contains(entry.path().filename().string())) others.push_back(entry.path());
    for (const auto& path : others) fs::remove(path, ignored);
}

} // namespace

Expected<Release> release_in(BytesView envelope, const std::vector<PublicKey>& release_keys)
{
    const auto opened = read_envelope(envelope);
    if (!opened) return opened.error();
    const auto text = message_in(*opened, Purpose::Release, release_keys);
    if (!text) return text.error();
    return decode_release(*text);
}

bool is_older(const Release& release, const Release& installed)
{
    if (is_later(installed.incarnation, release.incarnation)) return true;
    return installed.incarnation == release.incarnation && release.number < installed.number;
}

Expected<Release> read_release(const Beside& beside, const Enrolment& enrolment) { return read_installed(beside, enrolment, "release"); }

Expected<Release> read_release_before(const Beside& beside, const Enrolment& enrolment) { return read_installed(beside, enrolment, "release.before"); }

std::optional<Release::PackEntry> missing_pack(const TerminalFolder& folder, const Release& release)
{
    for (const auto& entry : release.packs) {
        const auto pack = Pack::open(pack_file(folder, entry.hash), entry.hash);
        if (!pack && pack.error().kind != ErrorKind::InvalidInput) return entry; // a newer format is there, only not for us
    }
    return std::nullopt;
}

Expected<Done> switch_release(const TerminalFolder& folder, Beside& beside, const Enrolment& enrolment, const Release& release, BytesView envelope)
{
    for (const auto& entry : release.packs)
        if (const auto pack = Pack::open(pack_file(folder, entry.hash), entry.hash); !pack) return pack.error();
    std::set<std::string> named;
    add_names(release, named);
    if (const auto before = read_release(beside, enrolment)) {
        add_names(*before, named);
        const auto at_hand = beside.need("release", "link.no_release");
        if (!at_hand) return at_hand.error();
        if (before->number != release.number || before->incarnation != release.incarnation)
            if (auto kept = beside.put("release.before", *at_hand); !kept) return kept;
    }
    if (auto switched = beside.put("release", envelope); !switched) return switched;
    remove_others(folder, named);
    return Done{};
}

} // namespace adal::sync
