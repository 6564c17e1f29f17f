#pragma once
#include "sync/link/terminal_link.hpp"

/// New keys of HQ's on a terminal that was enrolled under older ones.
namespace adal::sync {

/// The enrolment under a newer list: with the certificate that came along, or with the one at hand if its signer is still good. Denied (link.certificate)
/// when neither names this terminal and a key of ours.
struct Renewal {
    Enrolment enrolment;
    Bytes certificate; // as it came
};
Expected<Renewal> renewed(const Enrolment&, const SignedKeys& newer, const Bytes& certificate, const PublicKey& ours, const Beside&);

/// Stores it in one step. What the lists at hand until now vouched for as an installed release stays readable, though no new release by a dropped
/// key is taken.
Expected<Done> keep_renewal(Beside&, const Enrolment& before, const Renewal&);

/// What a dropped key signed counts no more: receipts, and with them what we believed of HQ's incarnation and every cursor.
void drop_what_is_unsigned(SyncState&, const SignedKeys&, const std::string& certified_incarnation);

/// Signed by a key of the present list, or kept above.
Expected<Release> read_installed(const Beside&, const Enrolment&, const std::string& name);
bool is_signed_by_present_keys(const Beside&, const Enrolment&);

} // namespace adal::sync
