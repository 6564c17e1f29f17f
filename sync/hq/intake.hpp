#pragma once
#include "sync/hq/people.hpp"
#include "sync/hq/projections.hpp"
#include "sync/hq/revocations.hpp"
#include "sync/hq/senders.hpp"
#include "sync/hq/terminals.hpp"
#include "sync/link/road.hpp"

namespace adal::sync::hq {

/// HQ's end of the road. Remembers nothing between two requests but what is in the store.
///
/// Never refused: lateness, a wrong clock, an unknown person, an unknown kind, a body that does not parse. Judged are only size, chain and
/// signature; a batch is stored whole or not at all, and every page that depends on it changes in the same transaction.
/// The receipt is signed after the commit over the stored commit time, so a repeat gets the same one.
class Intake final : public Road {
public:
    Intake(StorePool& stores, const HqFolder& folder, const HqKeys& keys, const Clock& clock, Random& random)
        : stores_(stores), folder_(folder), keys_(keys), clock_(clock), random_(random)
    {}

    Expected<Bytes> keys() override;
    Expected<Bytes> enrol(BytesView sealed_request) override;
    Expected<Bytes> exchange(BytesView envelope) override;
    Expected<Done> fetch(const BlobQuestion&, const Sink&) override; // packs only: a terminal never gets others' bodies
    Expected<Done> put_blob(const Hash&, BytesView, const Bytes& authorisation) override;
    Expected<Bytes> bundle(BytesView) override;

    Expected<Bytes> blob(const Hash&, const Bytes& authorisation); // a whole pack

    /// What a courier brought. Judged and stored as ever; nobody waits for an answer.
    struct Heard {
        TerminalId terminal;
        std::size_t added = 0;
        bool has_gap = false; // they were not stored: the row that they go on from is not here
    };
    Expected<Heard> take_carried(BytesView exchange_envelope);                // off a stick
    Expected<Heard> take_found(const TerminalRecord&, ExchangeRequest rows); // off a disk, with no envelope around them

private:
    /// What the write found out, for the answer.
    struct Taken {
        Stored stored;
        std::optional<Revocation> revocation;
        std::size_t added = 0;
    };
    Expected<Question> judged(Store&, const OpenedEnvelope&);
    Expected<Heard> heard_of(Store&, const Question&);
    Expected<Taken> take(Store&, const Question&);
    Expected<Done> store_rows(Store&, const Question&, const Batch&, std::int64_t position, UtcTime now, Taken&);
    Expected<Bytes> answer(Store&, Question, const Taken&, const std::string& incarnation_asked);
    Expected<Done> note_stranger(Store&, const OpenedEnvelope&);

    StorePool& stores_;
    const HqFolder& folder_;
    const HqKeys& keys_;
    const Clock& clock_;
    Random& random_;
};

inline constexpr std::size_t largest_request = std::size_t{16} << 20;

} // namespace adal::sync::hq
