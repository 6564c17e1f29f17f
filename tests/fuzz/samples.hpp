#pragma once
#include "sync/journal/chain.hpp"
#include "sync/link/messages.hpp"
#include "sync/packs/release.hpp"

/// Real values, the same every time: the corpus is made of them, and what they signed is all that our keys ever signed.
namespace adal::fuzz {

sync::KeyPair key_of(std::uint8_t number);
inline const sync::KeyPair terminal_key = key_of(1), hq_key = key_of(2), root_key = key_of(3), stranger = key_of(4);

/// A journal of terminal t-07: nine rows in decisions of one, two and three; hashed, and signed by `terminal_key`.
const std::vector<sync::JournalRow>& journal_rows();
const sync::JournalId& journal_id();
sync::Head head_before(std::uint64_t seq); // of the row with this number
sync::Batch batch_of(std::uint64_t first, std::uint64_t last);
/// Hashes and signs rows anew from `from` on, whatever stands in them.
void sign_again(std::vector<sync::JournalRow>&, std::size_t from, const sync::Signer&);

sync::KeyList key_list();
sync::Receipt receipt();
sync::EnrolmentRequest enrolment_request();
sync::EnrolmentReply certificate();
sync::ExchangeRequest request();
sync::ExchangeReply reply();
sync::Release release();
sync::Roster roster();
std::vector<sync::FeedFact> feed();
inline const PersonId aigerim{"p-000117"};

/// Envelopes our keys signed: an exchange, a reply, a release, a bare blob's name.
std::vector<Bytes> envelopes();

} // namespace adal::fuzz
