#include "bounce/dialect.hpp"

namespace relaytool::bounce {

// One line each, in the file of that name.
extern const Dialect activehunter;
extern const Dialect amazonses;
extern const Dialect amazonworkmail;
extern const Dialect aol;
extern const Dialect barracuda;
extern const Dialect bigfoot;
extern const Dialect biglobe;
extern const Dialect courier;
extern const Dialect delivery_errors;
extern const Dialect domino;
extern const Dialect dragonfly;
extern const Dialect einsundeins;
extern const Dialect error_count;
extern const Dialect exchange;
extern const Dialect exchange2003;
extern const Dialect exim;
extern const Dialect ezweb;
extern const Dialect facebook;
extern const Dialect fml;
extern const Dialect gmail;
extern const Dialect googlegroups;
extern const Dialect hmailserver;
extern const Dialect icloud;
extern const Dialect iis;
extern const Dialect imailserver;
extern const Dialect ironport;
extern const Dialect james;
extern const Dialect kddi;
extern const Dialect mailenable;
extern const Dialect mailfoundry;
extern const Dialect mailmarshal;
extern const Dialect mailru;
extern const Dialect mcafee;
extern const Dialect mdaemon;
extern const Dialect messagelabs;
extern const Dialect messagingserver;
extern const Dialect mfilter;
extern const Dialect mimecast;
extern const Dialect mxlogic;
extern const Dialect notes;
extern const Dialect opensmtpd;
extern const Dialect outlook;
extern const Dialect permanently_failed;
extern const Dialect postfix;
extern const Dialect powermta;
extern const Dialect qmail;
extern const Dialect receivingses;
extern const Dialect sendgrid;
extern const Dialect sendmail;
extern const Dialect step_report;
extern const Dialect surfcontrol;
extern const Dialect trendmicro;
extern const Dialect v5sendmail;
extern const Dialect verizon;
extern const Dialect yahoo;
extern const Dialect yandex;
extern const Dialect zoho;

std::span<const Dialect> dialects() {
    // Those that a header field or a sender gives away first; the families whose sentences others borrow
    // last.
    static const Dialect all[] = {
        iis,
        amazonworkmail,
        amazonses,
        receivingses,
        ironport,
        hmailserver,
        mailenable,
        exchange2003,
        exchange,
        outlook,
        facebook,
        googlegroups,
        gmail,
        mailru,
        einsundeins,
        mxlogic,
        yandex,
        zoho,
        yahoo,
        aol,
        sendgrid,
        powermta,
        messagelabs,
        mimecast,
        barracuda,
        mfilter,
        surfcontrol,
        trendmicro,
        biglobe,
        mcafee,
        mailmarshal,
        mailfoundry,
        activehunter,
        bigfoot,
        ezweb,
        kddi,
        verizon,
        dragonfly,
        opensmtpd,
        courier,
        messagingserver,
        icloud,
        domino,
        notes,
        imailserver,
        james,
        mdaemon,
        fml,
        step_report,
        delivery_errors,
        permanently_failed,
        error_count,
        exim,
        postfix,
        v5sendmail,
        sendmail,
        qmail,
    };
    return all;
}

} // namespace relaytool::bounce
