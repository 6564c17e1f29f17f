#pragma once
#include "sync/hq/bodies.hpp"
#include "sync/hq/fact_folds.hpp"
#include "sync/hq/rolled_back.hpp"
#include "tests/sync/hq/headquarters.hpp"

namespace adal::tests {

/// What HQ answers, judged as a terminal would.
inline Expected<sync::ExchangeReply> reply_in(Headquarters& headquarters, const Bytes& envelope)
{
    const auto json = sync::message_in(*sync::read_envelope(envelope), sync::Purpose::Reply, headquarters.keys->receipt.public_key());
    if (!json) return json.error();
    return sync::decode_exchange_reply(*json);
}

/// Under another key, or as of another life of HQ, than the terminal has.
inline Bytes sealed(const sync::ExchangeRequest& request, const sync::Signer& key, const std::string& incarnation)
{
    return sync::signed_message(sync::Purpose::Exchange, request.terminal.text, incarnation, encode(request), key);
}

inline Expected<sync::ExchangeReply> ask(Headquarters& headquarters, const Terminal& terminal, const sync::ExchangeRequest& request)
{
    const auto envelope = headquarters.intake->exchange(terminal.envelope(request));
    if (!envelope) return envelope.error();
    return reply_in(headquarters, *envelope);
}

/// Everything from the first row on.
inline sync::ExchangeRequest whole(const TerminalId& terminal, const sync::Journal& journal)
{
    sync::ExchangeRequest request;
    request.terminal = terminal;
    request.batch = journal.batch_after(0, 100'000).value();
    request.first_row = request.batch.rows.front().body;
    return request;
}

/// A journal under a new key that follows a terminal's: what the kiosk begins when its disk turns out to be a copy.
struct Successor {
    support::TemporaryFolder root;
    sync::KeyPair key;
    sync::Journal journal;
    TerminalId terminal;
    sync::Succession succession;

    Successor(Headquarters& headquarters, const TerminalId& of, const sync::Journal& before, const sync::KeyPair& old_key)
        : key(sync::KeyPair::create(root.path() / "next.key", headquarters.random).value()),
          journal(sync::Journal::create(root.path() / "journal.db",
                                        {.terminal = of, .continues = to_text(sync::Continued{before.id(), before.head()})}, key, headquarters.clock,
                                        headquarters.random)
                      .value()),
          terminal(of), succession(sync::succeed(journal.rows_after(0, 1).value().front().body, old_key))
    {}
    Successor(Headquarters& headquarters, const Terminal& of)
        : Successor(headquarters, of.enrolment.certificate.terminal, *of.journal, *of.key)
    {}
    sync::ExchangeRequest request() const
    {
        auto all = whole(terminal, journal);
        all.succession = succession;
        return all;
    }
    Expected<sync::ExchangeReply> exchange(Headquarters& headquarters, const sync::ExchangeRequest& request) const
    {
        const auto envelope = headquarters.intake->exchange(sealed(request, key, to_text(headquarters.founded.incarnation)));
        if (!envelope) return envelope.error();
        return reply_in(headquarters, *envelope);
    }
};

inline content::ModuleCompleted completed(const char* module = "speak-up") { return {.module = {module}, .version = 1}; }

/// Folding everything again gives the same pages.
inline void check_rebuild(Headquarters& headquarters)
{
    const auto before = headquarters.pages();
    auto store = headquarters.stores.borrow().value();
    REQUIRE(store->write([&](std::int64_t) { return hq::rebuild(*store, headquarters.teaching); }));
    CHECK(headquarters.pages() == before);
}

} // namespace adal::tests
