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

    // --- after every step
    /// Each durable fact is at HQ at most once; no receipt of this incarnation promises what HQ lacks; and those facts wait in quarantine, and no others,
    /// that came from a withdrawn terminal beyond the heads that HQ's own journal names.
    void judge(Office&);

    // --- every few steps, for it takes long; and at the end
    /// The pages are what a rebuild makes of the journals.
    void judge_pages(Office&);
    /// Numbering, chain and signatures of every branch of every journal.
    void judge_chains(Office&, bool every_signature);

    // --- roads are open and everybody has spoken
    /// Each fact is there exactly once, in its place; so is each body that one names.
    void judge_arrival(Office&, const Terminal&);
    /// It has nothing to say, to ask or to warn of; a withdrawn one holds nobody's data.
    void judge_quiet(const Terminal&);
    /// Where HQ says when a row was really written and how sure it is, it is right.
    void judge_times(Office&, const std::vector<std::unique_ptr<Terminal>>&, const std::vector<std::unique_ptr<Terminal>>& dead);

private:
    static void judge_marks(const std::map<Hash, Office::Row>&);
    void judge_promises(Office&, const std::map<Hash, Office::Row>&);
    void judge_quarantine(Office&, const std::map<Hash, Office::Row>&);
    std::set<Hash> up_to(const std::vector<std::string>& heads) const; // and all before them
    struct Link {
        Hash previous{};
        std::uint64_t seq = 0;
    };
    std::map<Hash, Link> chain_;
    std::map<std::string, std::set<Hash>> promised_; // heads, by incarnation
    std::set<Hash> judged_;                          // found at HQ, with all before them, since it last was off
    std::int64_t position_ = -1;
    int forgotten_ = -1;
};

} // namespace adal::simulation
