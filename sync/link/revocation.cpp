#include "sync/link/revocation.hpp"

namespace adal::sync {

Expected<Done> withdraw(Beside& beside, BytesView notice)
{
    return beside.together([&]() -> Expected<Done> {
        if (auto kept = beside.put("revoked", notice); !kept) return kept;
        for (const auto* name : {"roster", "site_keys", "release", "release.before"})
            if (auto gone = beside.remove(name); !gone) return gone;
        return beside.forget_people();
    });
}

void finish_withdrawal(const TerminalFolder& folder, Beside& beside)
{
    std::error_code ignored;
    std::filesystem::remove_all(folder.packs(), ignored);
    static_cast<void>(beside.scrub());
}

std::optional<RevocationNotice> read_revocation(const Beside& beside)
{
    const auto bytes = beside.get("revoked");
    const auto opened = bytes ? read_envelope(*bytes) : fail(ErrorKind::NotFound, "envelope.malformed");
    const auto text = opened ? unpack(opened->envelope.body, largest_message) : opened.error();
    const auto notice = text ? decode_revocation_notice(text_of(*text)) : text.error();
    return notice ? std::optional{*notice} : std::nullopt; // it was judged before it was kept
}

Error withdrawn() { return fail(ErrorKind::Denied, "link.revoked"); }

} // namespace adal::sync
