#include "sync/hq/senders.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

/// What nobody has signed yet is unpacked only this far: the first message of a journal under a new key.
constexpr std::size_t largest_unproven = std::size_t{8} << 20;


Error about(const char* key, const TerminalRecord& terminal, const JournalId& journal)
{
    return fail(ErrorKind::Denied, key, {{"terminal", terminal.id.text}, {"journal", journal.text}});
}

bool is_one_of(const PublicKey& key, const std::vector<PublicKey>& keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

Expected<ExchangeRequest> read(const OpenedEnvelope& opened, bool is_signed)
{
    const auto json = unpack(opened.envelope.body, is_signed ? largest_message : largest_unproven);
    if (!json) return json.error();
    return decode_exchange_request(text_of(*json));
}

bool begins(const Batch& batch) { return batch.after == Head{} && !batch.rows.empty() && batch.rows.front().seq == 1; }

/// The key that vouches is of a journal of the same terminal, and of the very journal that is continued where that one is still here.
Expected<bool> is_vouched_for(Store& store, const TerminalRecord& terminal, const std::vector<PublicKey>& keys, const ExchangeRequest& request,
                              const JournalCreated& created)
{
    const auto& row = request.batch.rows.front();
    const auto before = continued_from(created.continues);
    if (!request.succession || !before || !is_succession(*request.succession, row.body)) return false;
    auto known = find_journal(store, before->journal);
    if (!known) return known.error();
    if (*known) return (*known)->terminal == terminal.id && (*known)->key == request.succession->key;
    return is_one_of(request.succession->key, keys); // a restored HQ may have lost it
}

Expected<KnownJournal> newborn(Store& store, const TerminalRecord& terminal, const std::vector<PublicKey>& keys, const ExchangeRequest& request)
{
    const auto& row = request.batch.rows.front();
    const auto fact = decode(row.kind, row.body);
    const auto* created = std::get_if<JournalCreated>(&fact);
    if (!created) return KnownJournal{terminal.id, terminal.key}; // of a later version: what it says is not ours to judge
    const auto key = hash_from_hex(created->key);
    if (!key || created->terminal != terminal.id) return about("hq.journal.foreign", terminal, request.batch.journal);
    if (*key == terminal.key) return KnownJournal{terminal.id, *key};
    auto vouched = is_vouched_for(store, terminal, keys, request, *created);
    if (!vouched) return vouched.error();
    if (!*vouched) return about("hq.journal.unproven", terminal, request.batch.journal);
    return KnownJournal{terminal.id, *key};
}

/// A journal that is not here, told of from its middle.
KnownJournal lost(const TerminalRecord& terminal, const std::vector<PublicKey>& keys, const OpenedEnvelope& opened, bool& is_unproven)
{
    for (const auto& key : keys)
        if (opened.is_signed_by(key)) return {terminal.id, key};
    is_unproven = true;
    return {terminal.id};
}

} // namespace

Error wrong_signature(Purpose purpose) { return fail(ErrorKind::Denied, "link.signature", {{"purpose", std::string{tag(purpose)}}}); }

Expected<TerminalRecord> sender_of(Store& store, const Envelope& envelope)
{
    auto terminal = find_terminal(store, {envelope.sender});
    if (!terminal) return terminal.error();
    if (!*terminal) return fail(ErrorKind::Denied, "hq.terminal.unknown", {{"terminal", envelope.sender}});
    return **terminal;
}

Expected<std::vector<PublicKey>> keys_of(Store& store, const TerminalRecord& terminal)
{
    auto rows = store.db().query("SELECT DISTINCT public_key FROM journal WHERE terminal = $1 ORDER BY public_key", {terminal.id.text});
    if (!rows) return rows.error();
    std::vector<PublicKey> keys{terminal.key};
    for (const auto& row : *rows)
        if (const auto key = hash_from_hex(row.text(0)); key && *key != terminal.key) keys.push_back(*key);
    return keys;
}

Expected<Question> question_in(Store& store, const OpenedEnvelope& opened)
{
    auto terminal = sender_of(store, opened.envelope);
    if (!terminal) return terminal.error();
    if (opened.envelope.purpose != Purpose::Exchange) return wrong_signature(Purpose::Exchange);
    auto keys = keys_of(store, *terminal);
    if (!keys) return keys.error();
    const bool is_signed = std::any_of(keys->begin(), keys->end(), [&](const auto& key) { return opened.is_signed_by(key); });
    auto request = read(opened, is_signed);
    if (!request) return is_signed ? request.error() : wrong_signature(Purpose::Exchange);
    if (request->terminal != terminal->id) return fail(ErrorKind::Denied, "hq.terminal.unknown", {{"terminal", request->terminal.text}});

    auto known = find_journal(store, request->batch.journal);
    if (!known) return known.error();
    Question question{.terminal = std::move(*terminal), .request = std::move(*request), .journal = {}};
    question.incarnation = opened.envelope.incarnation;
    if (!*known && !begins(question.request.batch)) {
        question.journal = lost(question.terminal, *keys, opened, question.is_unproven);
        return question;
    }
    if (*known && (*known)->terminal != question.terminal.id)
        return is_signed ? about("hq.journal.foreign", question.terminal, question.request.batch.journal) : wrong_signature(Purpose::Exchange);
    auto journal = *known ? Expected<KnownJournal>{**known} : newborn(store, question.terminal, *keys, question.request);
    if (!journal) return is_signed || journal.error().key == "hq.journal.unproven" ? journal.error() : wrong_signature(Purpose::Exchange);
    if (!opened.is_signed_by(journal->key)) return wrong_signature(Purpose::Exchange);
    question.journal = std::move(*journal);
    return question;
}

Expected<Question> question_of_disk(Store& store, const TerminalRecord& terminal, ExchangeRequest request)
{
    auto known = find_journal(store, request.batch.journal);
    if (!known) return known.error();
    if (*known && (*known)->terminal != terminal.id) return about("hq.journal.foreign", terminal, request.batch.journal);
    Question question{.terminal = terminal, .request = std::move(request), .journal = {}};
    question.road = Question::Road::Disk;
    if (*known) {
        question.journal = **known;
        return question;
    }
    if (!begins(question.request.batch)) return about("hq.journal.unproven", terminal, question.request.batch.journal);
    auto keys = keys_of(store, terminal);
    if (!keys) return keys.error();
    auto journal = newborn(store, terminal, *keys, question.request);
    if (!journal) return journal.error();
    question.journal = std::move(*journal);
    return question;
}

} // namespace adal::sync::hq
