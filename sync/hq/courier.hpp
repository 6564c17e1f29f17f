#pragma once
#include "sync/hq/intake.hpp"
#include "sync/link/bundle.hpp"
#include "sync/link/stick.hpp"

/// HQ's part of the courier. Sticks come in any order and number, and what they bring is judged exactly as over HTTP: the envelopes in a part are
/// those of the exchange.
namespace adal::sync::hq {

/// What one part brought.
struct PartTaken {
    TerminalId terminal;
    std::uint64_t facts = 0; // that were not here
    std::size_t bodies = 0;
    bool has_gap = false;    // it goes on from a row that is not here: the terminal writes from its receipt on, so an earlier part was lost or is to come
};
/// Denied: a terminal or a key that is not known. Corrupt: a part that is not whole. Then nothing of it is taken.
Expected<PartTaken> take_part(Intake&, Store&, const HqKeys&, BytesView part, UtcTime now);

/// Whose a part is that is sealed to a key which HQ has dropped: its terminal needs the new keys, and writes it again. Denied unless one of that
/// terminal's keys signed it.
Expected<TerminalId> writer_of(Store&, BytesView part);

/// All parts on a stick, whosever and in whatever order.
struct StickTaken {
    std::vector<PartTaken> terminals; // sums
    std::size_t parts = 0;
    std::vector<RefusedFile> refused;
};
Expected<StickTaken> take_stick(Intake&, Store&, const HqKeys&, const Stick&, UtcTime now);

/// What HQ needs for its answers.
struct CourierDesk {
    const HqFolder& folder;
    const HqKeys& keys;
    const Clock& clock;
    Random& random;
};

/// What the terminal would be answered over HTTP, for each of its journals and branches; to one that is withdrawn the notice alone; and in any case in which
/// life HQ is, so that a terminal whose journals were lost with the life before begins them again. Inside a write.
Expected<Bytes> bundle_for(Store&, const HqFolder&, const HqKeys&, const TerminalRecord&, const Moment& now, Random&);

/// POST /sync/v1/bundles: a neighbour's part up, the bundle for it down; also for one that is sealed to a dropped key, for so its terminal learns the new one.
Expected<Bytes> answer_part(Intake&, Store&, const CourierDesk&, BytesView part);

/// Every pack has its key on sticks, the same each time: so a pack that is on a stick already stays, and bundles of different days open it. Who was
/// never given a release cannot open its packs.
SecretKey stick_key(const HqKeys&, const Hash& pack);
Expected<std::vector<Release::PackEntry>> current_packs(Store&, const HqKeys&);

/// A stick for the way home: a bundle for each terminal (of all that are not withdrawn, or of those named), the packs of the current release, and nothing
/// any more of what HQ has.
struct StickWritten {
    std::vector<TerminalId> terminals;
    std::vector<std::string> packs;  // written; those that are whole stay
    std::vector<std::string> removed;
    std::optional<Error> stopped; // full, pulled out: what was written until then is whole and good
};
struct OutFor {
    Store& store;
    const CourierDesk& desk;
};
Expected<StickWritten> write_stick(const OutFor&, Stick&, const std::vector<TerminalId>& named);

} // namespace adal::sync::hq
