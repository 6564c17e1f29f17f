#pragma once
#include "sync/database/connection.hpp"
#include "sync/journal/walk.hpp"

namespace adal::sync {

/// Goes through the rows of a journal file and doubts each: is it the next one, is it unchanged, is its decision signed?
class Inspection {
public:
    Inspection(Connection& connection, std::filesystem::path path, JournalId journal, const PublicKey& key)
        : connection_(&connection), path_(std::move(path)), journal_(std::move(journal)), key_(key)
    {
    }

    /// The row of the last checked head, if it still stands at the end of a decision; else nothing, and doubt starts at the beginning.
    Expected<std::optional<JournalRow>> last_checked_row() const;

    /// Walks from `last` (or from the beginning) to the end and says where that is. Corrupt names the first bad seq.
    /// The last signature is always judged.
    Expected<Head> check_after(std::optional<JournalRow> last, bool every_signature) const;

private:
    Expected<std::vector<JournalRow>> page_from(std::int64_t seq) const;
    bool continues(Walk&, const JournalRow&, bool every_signature) const;
    bool is_signed(const JournalRow&) const;

    Connection* connection_;
    std::filesystem::path path_;
    JournalId journal_;
    PublicKey key_;
};

Error broken_journal(const std::filesystem::path&, std::uint64_t seq);

} // namespace adal::sync
