#pragma once
#include "sync/hq/item_analysis.hpp"
#include "sync/hq/rate_limit.hpp"
#include "sync/hq/shared.hpp"
#include "sync/hq/users.hpp"
#include "sync/hq/view.hpp"
#include "sync/hq/web.hpp"

namespace adal::sync::hq {

struct PageContext;

/// The HR console: a request in, a page out. Server-rendered, no scripts; every page is a fold of what HQ has received,
/// and says "as of".
class Console {
public:
    static Expected<std::unique_ptr<Console>> create(StorePool&, const HqFolder&, const language::Strings&,
                                                     const Clock&, Random&, const std::filesystem::path& share);

    WebReply answer(const WebRequest&);

private:
    Console(StorePool& stores, const HqFolder& folder, const language::Strings& strings, const Clock& clock,
            Random& random, Templates templates)
        : stores_(stores), strings_(strings), clock_(clock), random_(random), templates_(std::move(templates)),
          teaching_(folder), analyses_(folder)
    {}

    Expected<WebReply> page_for(const WebRequest&, Language);
    Expected<WebReply> signed_in(Store&, const WebRequest&, Language, const Session&);
    WebReply login_form(const WebRequest&, Language, const std::string& error_key, const std::string& login);
    Expected<WebReply> log_in(Store&, const WebRequest&, Language);
    std::optional<WebReply> still(const WebRequest&) const; // style, icons, typeface
    WebReply show(const std::string& name, View, const Say&, const PageContext* = nullptr) const;
    WebReply fault(const Error&, Language) const;

    StorePool& stores_;
    const language::Strings& strings_;
    const Clock& clock_;
    Random& random_;
    Templates templates_;
    CurrentTeaching teaching_;
    CurrentAnalyses analyses_;
    std::string style_, icons_, mark_, chevron_;
    std::filesystem::path fonts_;
    bool is_demo_ = false;
    RateLimit wrong_passwords_{5, std::chrono::minutes{1}}, tries_{40, std::chrono::minutes{1}};
};

} // namespace adal::sync::hq
