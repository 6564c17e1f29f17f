#pragma once
#include "sync/hq/timeline.hpp"
#include "sync/hq/teaching.hpp"

/// What stands behind one figure of a person's page: the facts, the signature over them, the receipt, and the chain
/// verified just now.
namespace adal::sync::hq {

struct FactPlace {
    TerminalId terminal;
    JournalId journal;
    std::int64_t branch = 0;
    std::uint64_t seq = 0;
    UtcTime at;                               // corrected where the terminal's clock was ever compared with ours
    UtcTime recorded_at;                      // as its clock said
    std::optional<CorrectedTime> corrected{}; // with its uncertainty
};

struct TestEvidence {
    int attempt = 0; // 1, 2, 3 ...
    quizzes::AttemptStarted started;
    std::map<Language, int> read_in; // answered items by the language they were read in
    int answered = 0;
    std::int64_t median_seconds = 0;                 // an item on the screen
    std::uint64_t first_answer = 0, last_answer = 0; // seqs
    std::optional<quizzes::AttemptClosed> closed;
};
struct ReadingEvidence { // of a document or a module
    int parts = 0, seconds = 0, checks = 0, right_checks = 0;
    std::uint64_t first = 0, last = 0; // seqs
    std::optional<content::DocumentAcknowledged> acknowledged;
    bool is_completed = false;
};

struct Evidence {
    std::optional<FactPlace> sign_in;
    std::optional<SignedIn> signed_in;
    FactPlace begun, ended; // of the attempt or the reading; the same while it goes on
    std::optional<TestEvidence> test;
    std::optional<ReadingEvidence> reading;
    std::optional<Hash>
        signed_hash; // of the decision's last row, signed by the terminal's key or proven by a later signature
    std::int64_t facts = 0;

    struct Arrival {
        std::int64_t receipt = 0; // its number
        std::uint64_t head_seq = 0;
        UtcTime at;
    };
    std::optional<Arrival> arrival;

    struct Check {
        std::uint64_t rows = 0;
        std::int64_t branches = 0;
        std::optional<Error> fault;
    };
    Check check;
};

/// Nothing if she has not begun with it. Of several attempts the passing one, else the last.
Expected<std::optional<Evidence>> evidence_of(Store&, const std::vector<StoredRow>& her_rows, const content::DutyRule&);

/// Walks the whole chain that the evidence stands in, now. What it finds is in `check`.
Expected<Done> check_chain(Store&, Evidence&);

} // namespace adal::sync::hq
