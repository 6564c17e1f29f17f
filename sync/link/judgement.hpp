#pragma once
#include "sync/link/terminal_link.hpp"

/// Whom a terminal believes: nothing of an answer counts before its signature was judged by the newest key list that follows from the pinned root.
namespace adal::sync {

/// A reply as HQ signed it, and the newest keys, which may have come with it.
struct Judged {
    ExchangeReply reply;
    SignedKeys keys;
};

/// Denied (link.signature) unless one of the newest receipt keys signed both the envelope and the receipt; Corrupt if it is no reply, contradicts itself or
/// is for another journal.
Expected<Judged> judge_reply(const OpenedEnvelope&, const SignedKeys& trusted, const JournalId&);

/// Denied unless an identity key signed it, of the newest list that follows from the trusted one (it may have come with the notice); Corrupt if it names
/// another terminal.
Expected<RevocationNotice> judge_notice(const OpenedEnvelope&, const SignedKeys& trusted, const TerminalId&);

/// The certificate in its envelope, by one of the identity keys.
Expected<EnrolmentReply> judge_certificate(BytesView, const SignedKeys&);

bool is_later(const std::string& incarnation, const std::string& than); // both well formed

} // namespace adal::sync
