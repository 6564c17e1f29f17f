#pragma once
#include "tests/simulation/office.hpp"
#include "tests/simulation/terminal.hpp"

namespace adal::simulation {

/// What must hold after every step, and what must hold when all is healed. Knows every row that any terminal ever held and every receipt that HQ ever gave.
class Auditor {
public:
    void note_rows(const Terminal::News&);
    void note_reply(BytesView envelope); // as it leaves HQ
    void note_rollback() { promised_.clear(); } // HQ's machine went back in time: its word is broken, and everybody may see it

    /// Each durable fact is at HQ at most once; no receipt of this incarnation promises what HQ lacks.
    void judge(Office&);
    /// The pages are what a rebuild makes of the journals.
    void judge_pages(Office&);
    /// Numbering, chain and signatures of every branch of every journal.
    void judge_chains(Office&, bool every_signature);
    /// Roads are open and everybody has spoken: each fact is there exactly once, in its place.
    void judge_arrival(Office&, const std::vector<std::unique_ptr<Terminal>>&);

private:
    static void judge_marks(const std::map<Hash, Office::Row>&);
    struct Link {
        Hash previous{};
        std::uint64_t seq = 0;
    };
    std::map<Hash, Link> chain_;
    std::map<std::string, std::set<Hash>> promised_; // heads, by incarnation
    std::set<Hash> judged_;                          // found at HQ, with all before them, since it last was off
    std::size_t rows_seen_ = 0;
    int forgotten_ = -1;
};

} // namespace adal::simulation
