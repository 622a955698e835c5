#include "mail/date.hpp"
#include "route/received.hpp"
#include "support/catch.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using route::Received;

namespace {

struct Row {
    const char* name;
    const char* field;
    const char* expected; ///< described(), every part of it
};

void add(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!out.empty()) out += '|';
    out.append(name).append("=").append(value);
}

/// The parts that are there; the date as it stands only when it was not read.
std::string described(const Received& received) {
    std::string out;
    add(out, "helo", received.helo);
    add(out, "host", received.host);
    add(out, "ip", received.ip ? ip::to_string(*received.ip) : "");
    add(out, "by", received.by);
    add(out, "by_ip", received.by_ip ? ip::to_string(*received.by_ip) : "");
    add(out, "with", received.with);
    add(out, "via", received.via);
    add(out, "tls", received.tls);
    add(out, "cipher", received.cipher);
    add(out, "user", received.user);
    add(out, "account", received.account);
    add(out, "id", received.id);
    add(out, "for", received.for_);
    add(out, "sender", received.sender);
    add(out, received.time ? "time" : "date",
        received.time ? mail::to_rfc3339(*received.time) : received.date);
    std::string is;
    if (received.software != route::Software::unknown) is.append(" ").append(to_string(received.software));
    if (received.authenticated) is += " authenticated";
    if (received.encrypted) is += " encrypted";
    if (received.local) is += " local";
    add(out, "is", is.empty() ? is : is.substr(1));
    return out;
}

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(described(route::read_received(row.field)) == row.expected);
    }
}

} // namespace

TEST_CASE("the form of RFC 5321 section 4.4", "[route][received]") {
    check({
        {"the form of the standard",
         "from client.example.com (rdns.example.net [192.0.2.7]) by mx.shortstraw.be via TCP with ESMTP id A1B2C3 for <info@shortstraw.be>; Thu, 21 May 1998 05:33:29 -0700",
         "helo=client.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|via=TCP|id=A1B2C3|for=info@shortstraw.be|time=1998-05-21T12:33:29Z"},
        {"an address literal as greeting",
         "from [192.0.2.7] ([192.0.2.7]) by mx.shortstraw.be with SMTP id A1; Thu, 21 May 1998 05:33:29 -0700",
         "helo=[192.0.2.7]|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|id=A1|time=1998-05-21T12:33:29Z"},
        {"an IPv6 literal as greeting",
         "from [IPv6:2001:db8::7] (unknown [IPv6:2001:db8::7]) by mx.shortstraw.be (Postfix) with ESMTP id A1; Thu, 21 May 1998 05:33:29 -0700",
         "helo=[IPv6:2001:db8::7]|ip=2001:db8::7|by=mx.shortstraw.be|with=ESMTP|id=A1|time=1998-05-21T12:33:29Z|is=postfix"},
        {"nothing but by", "by mx.shortstraw.be; Thu, 21 May 1998 05:33:29 -0700",
         "by=mx.shortstraw.be|time=1998-05-21T12:33:29Z"},
        {"lower and upper case",
         "FROM client.example.com BY mx.shortstraw.be WITH smtp ID A1 FOR <info@shortstraw.be>; Thu, 21 May 1998 05:33:29 -0700",
         "helo=client.example.com|by=mx.shortstraw.be|with=smtp|id=A1|for=info@shortstraw.be|time=1998-05-21T12:33:29Z"},
    });
}

TEST_CASE("Received fields of Postfix and what is built on it", "[route][received]") {
    check({
        {"Postfix, mail of a stranger",
         "from mail.example.com (mail.example.com [192.0.2.7])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\n\t(No client certificate requested)\n\tby mx.shortstraw.be (Postfix) with ESMTPS id 4VzRlY2BnYz22WHV\n\tfor <info@shortstraw.be>; Wed, 12 Jun 2024 09:50:01 +0200 (CEST)",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPS|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=4VzRlY2BnYz22WHV|for=info@shortstraw.be|time=2024-06-12T07:50:01Z|is=postfix encrypted"},
        {"Postfix, a client that logged in",
         "from [192.168.1.20] (unknown [203.0.113.9]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) (Client did not present a certificate) (Authenticated sender: printer@shortstraw.be) by smtp.example.net (Postfix) with ESMTPSA id 23EC336A7E; Mon, 12 Sep 2016 13:35:38 +0200 (CEST)",
         "helo=[192.168.1.20]|ip=203.0.113.9|by=smtp.example.net|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|user=printer@shortstraw.be|id=23EC336A7E|time=2016-09-12T11:35:38Z|is=postfix authenticated encrypted"},
        {"Postfix, a client with a certificate",
         "from gate.example.com (gate.example.com [192.0.2.7]) (using TLSv1.2 with cipher AES128-SHA (128/128 bits)) (Client CN \"gate.example.com\", Issuer \"Example CA; for by with\" (verified OK)) by mx.shortstraw.be (Postfix) with ESMTPS id 1; Mon, 12 Sep 2016 13:35:38 +0200",
         "helo=gate.example.com|host=gate.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPS|tls=TLSv1.2|cipher=AES128-SHA|id=1|time=2016-09-12T11:35:38Z|is=postfix encrypted"},
        {"Postfix, a program on the machine",
         "by web.example.net (Postfix, from userid 33) id CEEDB20C16; Fri, 13 Feb 2015 02:47:48 +0000 (UTC)",
         "by=web.example.net|account=uid 33|id=CEEDB20C16|time=2015-02-13T02:47:48Z|is=postfix local"},
        {"Postfix, its own notification",
         "by mx.shortstraw.be (Postfix) id 815C320C1A; Fri, 13 Feb 2015 02:47:49 +0000 (UTC)",
         "by=mx.shortstraw.be|id=815C320C1A|time=2015-02-13T02:47:49Z|is=postfix"},
        {"Postfix, a name with blanks",
         "from Reception PC (unknown [192.168.1.20]) by mx.shortstraw.be (Postfix) with ESMTP id 1; Fri, 13 Feb 2015 02:47:49 +0000",
         "helo=Reception PC|ip=192.168.1.20|by=mx.shortstraw.be|with=ESMTP|id=1|time=2015-02-13T02:47:49Z|is=postfix"},
        {"Postfix, the semicolon is missing",
         "by mx.shortstraw.be (Postfix, from userid 525) id 000000000000 Thu, 20 Apr 2008 23:34:45 +0900 (JST)",
         "by=mx.shortstraw.be|account=uid 525|id=000000000000|time=2008-04-20T14:34:45Z|is=postfix local"},
        {"Zimbra, into the mailbox",
         "from mail.example.net (LHLO mail.example.net) (192.0.2.8) by mail.example.net with LMTP; Thu, 29 Apr 2013 23:45:46 +0200 (CEST)",
         "helo=mail.example.net|host=mail.example.net|ip=192.0.2.8|by=mail.example.net|with=LMTP|time=2013-04-29T21:45:46Z|is=lmtp-store"},
        {"amavisd",
         "from mx.shortstraw.be ([127.0.0.1]) by localhost (mx.shortstraw.be [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id VicMejKaknys for <info@shortstraw.be>; Thu, 29 Apr 2017 23:34:45 +0200 (CEST)",
         "helo=mx.shortstraw.be|ip=127.0.0.1|by=localhost|by_ip=127.0.0.1|with=ESMTP|id=VicMejKaknys|for=info@shortstraw.be|time=2017-04-29T21:34:45Z"},
        {"amavisd in front of Zimbra",
         "from mail.example.net ([127.0.0.1]) by localhost (mail.example.net [127.0.0.1]) (amavis, port 10032) with ESMTP id x-1; Thu, 29 Apr 2017 23:34:45 +0200 (CEST)",
         "helo=mail.example.net|ip=127.0.0.1|by=localhost|by_ip=127.0.0.1|with=ESMTP|id=x-1|time=2017-04-29T21:34:45Z"},
        {"Proton, Fastmail",
         "by mail.messagingengine.example (Postfix) with ESMTPA; Tue, 4 Jun 2024 08:37:12 -0400 (EDT)",
         "by=mail.messagingengine.example|with=ESMTPA|time=2024-06-04T12:37:12Z|is=postfix authenticated"},
    });
}

TEST_CASE("Received fields of Exim", "[route][received]") {
    check({
        {"Exim, the client's name found",
         "from mail.example.com ([192.0.2.7]:25831) by mx.shortstraw.be with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@example.com>) id 1rrfEh-00GBRP-Jf for info@shortstraw.be; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=esmtps|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=1rrfEh-00GBRP-Jf|for=info@shortstraw.be|sender=a@example.com|time=2024-04-02T14:36:07Z|is=exim encrypted"},
        {"Exim, another greeting",
         "from rdns.example.net ([192.0.2.7]:25831 helo=mail.example.com) by mx.shortstraw.be with esmtps (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256) (Exim 4.92) (envelope-from <a@example.com>) id 1 for info@shortstraw.be; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=esmtps|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|id=1|for=info@shortstraw.be|sender=a@example.com|time=2024-04-02T14:36:07Z|is=exim encrypted"},
        {"Exim, no name found",
         "from [192.0.2.7] (helo=mail.example.com) by mx.shortstraw.be with esmtp (Exim 4.69) id 1 for info@shortstraw.be; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=esmtp|id=1|for=info@shortstraw.be|time=2024-04-02T14:36:07Z|is=exim"},
        {"Exim, no name found, with a port",
         "from [203.0.113.9] (port=51580 helo=[192.168.1.20]) by smtp.example.net with esmtpsa (TLS1.2:DHE_RSA_AES_128_CBC_SHA1:128) (Exim 4.80) (envelope-from <a@example.com>) id 1; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=[192.168.1.20]|ip=203.0.113.9|by=smtp.example.net|with=esmtpsa|tls=TLSv1.2|cipher=DHE_RSA_AES_128_CBC_SHA1|id=1|sender=a@example.com|time=2024-04-02T14:36:07Z|is=exim authenticated encrypted"},
        {"Exim, with ident",
         "from rdns.example.net ([192.0.2.7] helo=mail.example.com ident=root) by mx.shortstraw.be with smtp (Exim 4.96) id 1; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=smtp|id=1|time=2024-04-02T14:36:07Z|is=exim"},
        {"Exim, a program on the machine",
         "from www-data by web.example.net with local (Exim 4.96) (envelope-from <www-data@web.example.net>) id 1; Tue, 02 Apr 2024 16:36:07 +0200",
         "by=web.example.net|with=local|account=www-data|id=1|sender=www-data@web.example.net|time=2024-04-02T14:36:07Z|is=exim local"},
        {"Exim, IPv6",
         "from mail.example.com ([2001:db8::7]:25831 helo=x.example.com) by mx.shortstraw.be with esmtp (Exim 4.96) id 1; Tue, 02 Apr 2024 16:36:07 +0200",
         "helo=x.example.com|host=mail.example.com|ip=2001:db8::7|by=mx.shortstraw.be|with=esmtp|id=1|time=2024-04-02T14:36:07Z|is=exim"},
        {"Exim before RFC 3848",
         "from [192.0.2.7] (helo=pc) by smtp.example.net with asmtp (TLSv1:RC4-MD5:128) (Exim 3.36 #1) id 1; Tue, 02 Apr 2002 16:36:07 +0200",
         "helo=pc|ip=192.0.2.7|by=smtp.example.net|with=asmtp|tls=TLSv1.0|cipher=RC4-MD5|id=1|time=2002-04-02T14:36:07Z|is=exim authenticated encrypted"},
    });
}

TEST_CASE("Received fields of Sendmail", "[route][received]") {
    check({
        {"Sendmail",
         "from mail.example.com (mail.example.com [192.0.2.7] (may be forged)) by mx.shortstraw.be (8.14.4/8.14.4) with ESMTP id q0000000000 (version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NO) for <info@shortstraw.be>; Thu, 29 Apr 2011 23:34:45 +0000",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|tls=TLS|cipher=DHE-RSA-AES256-SHA|id=q0000000000|for=info@shortstraw.be|time=2011-04-29T23:34:45Z|is=sendmail encrypted"},
        {"Sendmail, a client that logged in",
         "from [192.168.1.20] (dsl-9.example.net [203.0.113.9]) (authenticated bits=0) by smtp.example.net (8.17.1/8.17.1) with ESMTPSA id s1QB5ka0018055; Wed, 26 Feb 2014 06:05:47 -0500",
         "helo=[192.168.1.20]|host=dsl-9.example.net|ip=203.0.113.9|by=smtp.example.net|with=ESMTPSA|id=s1QB5ka0018055|time=2014-02-26T11:05:47Z|is=sendmail authenticated encrypted"},
        {"Sendmail, ident",
         "from mail.example.com (IDENT:root@mail.example.com [192.0.2.7]) by mx.shortstraw.be (8.9.3/8.9.3) with SMTP id AAA1; Wed, 26 Feb 2004 06:05:47 -0500",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|id=AAA1|time=2004-02-26T11:05:47Z|is=sendmail"},
        {"Sendmail, a user and a host",
         "from mail.example.com (root@mail.example.com [192.0.2.7] (may be forged)) by mx.shortstraw.be (8.12.11/8.12.11) with ESMTP id x; Wed, 26 Feb 2004 06:05:47 -0500",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|id=x|time=2004-02-26T11:05:47Z|is=sendmail"},
        {"Sendmail, a program on the machine",
         "(from root@localhost) by web.example.net (8.14.4/8.14.4/Submit) id oAIFWTpo021016 for info@shortstraw.be; Thu, 29 Apr 2009 23:45:00 +0900",
         "by=web.example.net|account=root@localhost|id=oAIFWTpo021016|for=info@shortstraw.be|time=2009-04-29T14:45:00Z|is=sendmail local"},
        {"Sendmail, a sender behind the date",
         "from localhost (localhost) by mx.shortstraw.be (8.14.8/8.14.8) id 0; Thu, 29 Apr 2013 23:45:00 +0900 (JST) (envelope-from MAILER-DAEMON)",
         "helo=localhost|host=localhost|by=mx.shortstraw.be|id=0|sender=MAILER-DAEMON|time=2013-04-29T14:45:00Z|is=sendmail local"},
    });
}

TEST_CASE("Received fields of qmail and its descendants", "[route][received]") {
    check({
        {"qmail, from a program", "(qmail 1234 invoked by uid 89); 29 Apr 2013 04:00:00 -0000",
         "account=uid 89|time=2013-04-29T04:00:00Z|is=qmail local"},
        {"qmail, from the network", "(qmail 1234 invoked from network); 29 Apr 2013 04:00:00 -0000",
         "time=2013-04-29T04:00:00Z|is=qmail"},
        {"qmail, a notification", "(qmail 1234 invoked for bounce); 29 Apr 2013 04:00:00 -0000",
         "time=2013-04-29T04:00:00Z|is=qmail local"},
        {"qmail, the client",
         "from unknown (HELO mail.example.com) (192.0.2.7) by mx.shortstraw.be with SMTP; 29 Apr 2010 23:45:10 +0900",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|time=2010-04-29T14:45:10Z|is=qmail"},
        {"qmail, a name found",
         "from rdns.example.net (HELO mail.example.com) ([192.0.2.7]) by 0 with SMTP; 29 Apr 2010 23:45:10 +0900",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=0|with=SMTP|time=2010-04-29T14:45:10Z"},
        {"qmail, no HELO of its own",
         "from mail.example.com (192.0.2.7) by mx.shortstraw.be with SMTP; 29 Apr 2010 23:45:10 -0000",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|time=2010-04-29T23:45:10Z|is=qmail"},
        {"qmail, ident",
         "from mail.example.com (root@192.0.2.7) by mx.shortstraw.be with SMTP; 29 Apr 2010 23:45:10 -0000",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|time=2010-04-29T23:45:10Z|is=qmail"},
        {"Plesk, a client that logged in",
         "from unknown (HELO [192.168.1.20]) (info@shortstraw.be@203.0.113.9) by mail.example.net with ESMTPA; 29 Apr 2010 23:45:10 +0200",
         "helo=[192.168.1.20]|ip=203.0.113.9|by=mail.example.net|with=ESMTPA|user=info@shortstraw.be|time=2010-04-29T21:45:10Z|is=qmail authenticated"},
        {"netqmail, an address as greeting",
         "from unknown (HELO ?192.168.1.20?) (info@203.0.113.9 with plain) by mail.example.net with SMTP; 31 Mar 2010 13:59:43 -0000",
         "helo=?192.168.1.20?|ip=203.0.113.9|by=mail.example.net|with=SMTP|user=info|time=2010-03-31T13:59:43Z|is=qmail authenticated"},
        {"netqmail, TLS",
         "from mail.example.com (192.0.2.7) by mx.shortstraw.be with (AES256-SHA encrypted) SMTP; 31 Mar 2010 13:59:43 -0000",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|tls=TLS|cipher=AES256-SHA|time=2010-03-31T13:59:43Z|is=qmail encrypted"},
        {"netqmail, TLS in the protocol",
         "from mail.example.com (HELO x.example.com) (192.0.2.7) by mx.shortstraw.be with DHE-RSA-AES256-SHA encrypted SMTP; 29 Apr 2015 23:34:45 -0000",
         "helo=x.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=DHE-RSA-AES256-SHA encrypted SMTP|tls=TLS|cipher=DHE-RSA-AES256-SHA|time=2015-04-29T23:34:45Z|is=qmail encrypted"},
        {"qpsmtpd",
         "from rdns.example.net (HELO mail.example.com) (192.0.2.7) by mx.shortstraw.be (qpsmtpd/0.28) with ESMTP; Thu, 29 Apr 2009 23:34:45 -0800",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|time=2009-04-30T07:34:45Z|is=qmail"},
        {"spamdyke",
         "from unknown (HELO mail.example.com) ([192.0.2.7]) (envelope-sender <a@example.com>) by mx.shortstraw.be (qmail-1.03) with SMTP for <info@shortstraw.be>; 17 Jul 2013 23:34:45 -0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|for=info@shortstraw.be|sender=a@example.com|time=2013-07-17T23:34:45Z|is=qmail"},
        {"smtp-auth patch",
         "from unknown (HELO pc) (smtp-auth username info@shortstraw.be, mechanism login) by mail.example.net (qpsmtpd/0.84) with ESMTPSA; 17 Jul 2013 23:34:45 -0000",
         "helo=pc|by=mail.example.net|with=ESMTPSA|user=info@shortstraw.be|time=2013-07-17T23:34:45Z|is=qmail authenticated encrypted"},
        {"indimail",
         "indimail-mta queue 41785 by host mail.example.net (invoked by uid 0); Wed, 26 Jun 2024 15:13:25 +0200",
         "by=mail.example.net|account=uid 0|time=2024-06-26T13:13:25Z|is=qmail local"},
        {"nullmailer", "(nullmailer pid 4711 invoked by uid 1000); Wed, 26 Jun 2024 13:13:25 -0000",
         "account=uid 1000|time=2024-06-26T13:13:25Z|is=qmail local"},
    });
}

TEST_CASE("Received fields of Microsoft's servers", "[route][received]") {
    check({
        {"Exchange Online, inside",
         "from AS9PR01CA0007.eurprd01.prod.exchangelabs.com (2603:10a6:20b:540::12) by AS8PR08MB7696.eurprd08.prod.outlook.com (2603:10a6:20b:523::11) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.6652.28; Wed, 9 Aug 2023 15:49:10 +0000",
         "helo=AS9PR01CA0007.eurprd01.prod.exchangelabs.com|ip=2603:10a6:20b:540::12|by=AS8PR08MB7696.eurprd08.prod.outlook.com|by_ip=2603:10a6:20b:523::11|with=Microsoft SMTP Server|tls=TLSv1.2|cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384|id=15.20.6652.28|time=2023-08-09T15:49:10Z|is=exchange encrypted"},
        {"Exchange Online, the entrance",
         "from mail.example.com (192.0.2.7) by DB5EUR03FT051.mail.protection.outlook.com (10.152.21.19) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.7452.22 via Frontend Transport; Tue, 2 Apr 2024 14:36:08 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=DB5EUR03FT051.mail.protection.outlook.com|by_ip=10.152.21.19|with=Microsoft SMTP Server|via=Frontend Transport|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=15.20.7452.22|time=2024-04-02T14:36:08Z|is=exchange encrypted"},
        {"Exchange Online, out of a mailbox",
         "from AM0PR04MB1111.eurprd04.prod.outlook.com ([fe80::1ad2:b426:34cf:d5d0]) by AM0PR04MB1111.eurprd04.prod.outlook.com ([fe80::1ad2:b426:34cf:d5d0%4]) with mapi id 15.20.7409.042; Tue, 2 Apr 2024 14:36:07 +0000",
         "helo=AM0PR04MB1111.eurprd04.prod.outlook.com|ip=fe80::1ad2:b426:34cf:d5d0|by=AM0PR04MB1111.eurprd04.prod.outlook.com|by_ip=fe80::1ad2:b426:34cf:d5d0|with=mapi|id=15.20.7409.042|time=2024-04-02T14:36:07Z|is=exchange local"},
        {"Exchange Online, SMTP AUTH",
         "from printer (203.0.113.9) by AM0PR0102CA0019.outlook.office365.com (2603:10a6:208:14::32) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.7409.46 via Frontend Transport; Tue, 2 Apr 2024 14:36:07 +0000",
         "helo=printer|ip=203.0.113.9|by=AM0PR0102CA0019.outlook.office365.com|by_ip=2603:10a6:208:14::32|with=Microsoft SMTP Server|via=Frontend Transport|tls=TLSv1.2|cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384|id=15.20.7409.46|time=2024-04-02T14:36:07Z|is=exchange encrypted"},
        {"outlook.com, to the browser",
         "from DB5EUR01HT213.eop-EUR01.prod.protection.outlook.com (2603:10a6:100:18::14) by AM6PR10MB1111.EURPRD10.PROD.OUTLOOK.COM with HTTPS via AM6P192CA0004.EURP192.PROD.OUTLOOK.COM; Tue, 22 May 2018 17:34:19 +0000",
         "helo=DB5EUR01HT213.eop-EUR01.prod.protection.outlook.com|ip=2603:10a6:100:18::14|by=AM6PR10MB1111.EURPRD10.PROD.OUTLOOK.COM|with=HTTPS|via=AM6P192CA0004.EURP192.PROD.OUTLOOK.COM|time=2018-05-22T17:34:19Z|is=exchange encrypted"},
        {"Exchange on premises",
         "from EXCH1.contoso.com (192.168.10.5) by EXCH2.contoso.com (192.168.10.6) with Microsoft SMTP Server (TLS) id 15.1.2507.6; Tue, 2 Apr 2024 14:36:07 +0200",
         "helo=EXCH1.contoso.com|ip=192.168.10.5|by=EXCH2.contoso.com|by_ip=192.168.10.6|with=Microsoft SMTP Server|tls=TLS|id=15.1.2507.6|time=2024-04-02T12:36:07Z|is=exchange encrypted"},
        {"Exchange on premises, from outside",
         "from mail.example.com (192.0.2.7) by EXCH1.contoso.com (192.168.10.5) with Microsoft SMTP Server id 14.3.123.3; Tue, 2 Apr 2014 14:36:07 +0200", "helo=mail.example.com|ip=192.0.2.7|by=EXCH1.contoso.com|by_ip=192.168.10.5|with=Microsoft SMTP Server|id=14.3.123.3|time=2014-04-02T12:36:07Z|is=exchange"},
        {"Exchange 2010, an address with a scope",
         "from EXCH1.contoso.com ([fe80::b0f6:8a6e:1234:abcd%22]) by EXCH1.contoso.com ([fe80::b0f6:8a6e:1234:abcd%22]) with mapi; Tue, 2 Apr 2013 14:36:07 +0200",
         "helo=EXCH1.contoso.com|ip=fe80::b0f6:8a6e:1234:abcd|by=EXCH1.contoso.com|by_ip=fe80::b0f6:8a6e:1234:abcd|with=mapi|time=2013-04-02T12:36:07Z|is=exchange local"},
        {"Exchange 5.5",
         "by gw.contoso.com with Internet Mail Service (5.5.2657.72) id <1WAHSMCA>; Thu, 29 Apr 1999 16:51:57 -0500",
         "by=gw.contoso.com|with=Internet Mail Service|id=1WAHSMCA|time=1999-04-29T21:51:57Z"},
        {"IIS",
         "from ERPAPP ([192.168.144.3]) by relay01.contoso.com with Microsoft SMTPSVC(10.0.17763.1); Tue, 14 Jan 2025 09:54:33 +0000",
         "helo=ERPAPP|ip=192.168.144.3|by=relay01.contoso.com|with=Microsoft SMTPSVC|time=2025-01-14T09:54:33Z|is=iis"},
        {"IIS over TLS",
         "from ERPAPP ([192.168.144.3]) by relay01.contoso.com over TLS secured channel with Microsoft SMTPSVC(7.5.7601.22751);\n\t Fri, 21 Nov 2014 14:18:09 -0800",
         "helo=ERPAPP|ip=192.168.144.3|by=relay01.contoso.com|with=Microsoft SMTPSVC|tls=TLS|time=2014-11-21T22:18:09Z|is=iis encrypted"},
        {"IIS, the pickup folder",
         "from mail pickup service by relay01.contoso.com with Microsoft SMTPSVC; Sun, 31 Aug 2014 23:45:56 +0200",
         "by=relay01.contoso.com|with=Microsoft SMTPSVC|time=2014-08-31T21:45:56Z|is=iis local"},
        {"IIS, a greeting that is an address",
         "from [192.168.144.3] ([192.168.144.3] RDNS failed) by relay01.contoso.com with Microsoft SMTPSVC(8.5.9600.16384); Tue, 14 Jan 2025 09:54:33 +0000",
         "helo=[192.168.144.3]|ip=192.168.144.3|by=relay01.contoso.com|with=Microsoft SMTPSVC|time=2025-01-14T09:54:33Z|is=iis"},
    });
}

TEST_CASE("Received fields of the large providers", "[route][received]") {
    check(
        {
            {"Google, inside",
             "by 2002:a05:6402:3c7:b0:56d:c4a3:1111 with SMTP id t7csp1234567edw; Tue, 02 Apr 2024 07:36:10 -0700 (PDT)",
             "by=2002:a05:6402:3c7:b0:56d:c4a3:1111|by_ip=2002:a05:6402:3c7:b0:56d:c4a3:1111|with=SMTP|id=t7csp1234567edw|time=2024-04-02T14:36:10Z|is=google"},
            {"Google, inside, older",
             "by 10.114.46.14 with SMTP id t14mr6497660wat.198.1286140296171; Sun, 03 Oct 2010 14:11:36 -0700 (PDT)",
             "by=10.114.46.14|by_ip=10.114.46.14|with=SMTP|id=t14mr6497660wat.198.1286140296171|time=2010-10-03T21:11:36Z|is=google"},
            {"Google, the entrance",
             "from mail.example.com (mail.example.com. [192.0.2.7]) by mx.google.com with ESMTPS id ae4sm10225009pad.16 for <info@example.org> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Tue, 02 Apr 2024 07:36:09 -0700 (PDT)",
             "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx.google.com|with=ESMTPS|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=ae4sm10225009pad.16|for=info@example.org|time=2024-04-02T14:36:09Z|is=google encrypted"},
            {"Google, a client that logged in",
             "from [192.168.1.20] (dsl-9.example.net. [203.0.113.9]) by smtp.gmail.com with ESMTPSA id x1 for <info@shortstraw.be> (version=TLS1_2 cipher=ECDHE-ECDSA-AES128-GCM-SHA256 bits=128/128); Tue, 02 Apr 2024 07:36:09 -0700 (PDT)",
             "helo=[192.168.1.20]|host=dsl-9.example.net|ip=203.0.113.9|by=smtp.gmail.com|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-ECDSA-AES128-GCM-SHA256|id=x1|for=info@shortstraw.be|time=2024-04-02T14:36:09Z|is=google authenticated encrypted"},
            {"Google, Google itself",
             "from mail-sor-f69.google.com (mail-sor-f69.google.com. [209.85.220.69]) by mx.google.com with SMTPS id b56 for <info@example.org> (Google Transport Security); Wed, 23 May 2018 01:44:26 -0700 (PDT)",
             "helo=mail-sor-f69.google.com|host=mail-sor-f69.google.com|ip=209.85.220.69|by=mx.google.com|with=SMTPS|id=b56|for=info@example.org|time=2018-05-23T08:44:26Z|is=google encrypted"},
            {"Google, the browser", "by 10.200.3.30 with HTTP; Sun, 30 Apr 2017 04:04:09 -0700 (PDT)",
             "by=10.200.3.30|by_ip=10.200.3.30|with=HTTP|time=2017-04-30T11:04:09Z|is=google"},
            {"Google, a recipient's server",
             "by mail-ed1-f41.google.com with SMTP id 4fb4d7f45d1cf-56d so123 for <info@shortstraw.be>; Tue, 02 Apr 2024 07:36:10 -0700 (PDT)",
             "by=mail-ed1-f41.google.com|with=SMTP|id=4fb4d7f45d1cf-56d|for=info@shortstraw.be|time=2024-04-02T14:36:10Z|is=google"},
            {"Yahoo, the entrance",
             "from 127.0.0.1 (EHLO mail.example.com) (192.0.2.7) by mta1234.mail.ir2.yahoo.com with SMTPs (version=TLS1_2 cipher=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256); Thu, 29 Apr 2021 23:34:45 +0000",
             "helo=mail.example.com|ip=192.0.2.7|by=mta1234.mail.ir2.yahoo.com|with=SMTPs|tls=TLSv1.2|cipher=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256|time=2021-04-29T23:34:45Z|is=yahoo encrypted"},
            {"Yahoo, the browser",
             "from sonic.gate.mail.ne1.yahoo.com by sonic309.consmr.mail.ir2.yahoo.com with HTTP; Thu, 14 Jun 2018 10:31:39 +0000",
             "helo=sonic.gate.mail.ne1.yahoo.com|by=sonic309.consmr.mail.ir2.yahoo.com|with=HTTP|time=2018-06-14T10:31:39Z|is=yahoo"},
            {"Yahoo, a client that logged in",
             "by hermes--production-ir2-7d8c9f6f5b-abcde (Yahoo Inc. Hermes SMTP Server) with ESMTPA ID 0a1b2c3d; Thu, 14 Jun 2023 10:31:39 +0000 (UTC)",
             "by=hermes--production-ir2-7d8c9f6f5b-abcde|with=ESMTPA|id=0a1b2c3d|time=2023-06-14T10:31:39Z|is=yahoo authenticated"},
            {"Yahoo, a client that logged in, older",
             "by kubenode548.mail-prod1.omega.ir2.yahoo.com (VZM Hermes SMTP Server) with ESMTPA ID 0a1b2c3d; Thu, 14 Jun 2021 10:31:39 +0000 (UTC)",
             "by=kubenode548.mail-prod1.omega.ir2.yahoo.com|with=ESMTPA|id=0a1b2c3d|time=2021-06-14T10:31:39Z|is=yahoo authenticated"},
            {"Yahoo, older",
             "from [192.0.2.22] by nm0.bullet.mail.ir2.yahoo.com with NNFMP; 17 Jul 2017 23:34:45 -0000",
             "helo=[192.0.2.22]|ip=192.0.2.22|by=nm0.bullet.mail.ir2.yahoo.com|with=NNFMP|time=2017-07-17T23:34:45Z|is=yahoo"},
            {"Telenet",
             "from dsl-9.example.net ([203.0.113.9]) by albert.telenet-ops.be with bizsmtp id JHQH270092t8Arn06HQHfd; Wed, 13 Apr 2022 19:24:17 +0200",
             "helo=dsl-9.example.net|ip=203.0.113.9|by=albert.telenet-ops.be|with=bizsmtp|id=JHQH270092t8Arn06HQHfd|time=2022-04-13T17:24:17Z|is=bizsmtp"},
            {"Telenet, IPv6",
             "from pc.example.net ([IPv6:2001:db8:12:ed40::1cda]) by xavier.telenet-ops.be with bizsmtp id 6Ec72C00M0SSLxL01Ec7fb; Tue, 02 Apr 2024 16:36:07 +0200",
             "helo=pc.example.net|ip=2001:db8:12:ed40::1cda|by=xavier.telenet-ops.be|with=bizsmtp|id=6Ec72C00M0SSLxL01Ec7fb|time=2024-04-02T14:36:07Z|is=bizsmtp"},
            {"Amazon SES, what it receives",
             "from mail.example.com (mail.example.com [192.0.2.7]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 5aoubu42la8n583fgsterr8k13koedutgg097b81 for info@shortstraw.be; Thu, 14 Jan 2016 07:54:52 +0000 (UTC)", "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=inbound-smtp.eu-west-1.amazonaws.com|with=SMTP|id=5aoubu42la8n583fgsterr8k13koedutgg097b81|for=info@shortstraw.be|time=2016-01-14T07:54:52Z|is=amazon-ses"},
            {"GMX, a client that logged in",
             "from [192.168.1.20] ([203.0.113.9]) by mail.gmx.net (mrgmx104 [192.0.2.8]) with ESMTPSA (Nemesis) id 0MMkLB-1Xo1OM22D1-008ahB; Wed, 03 Dec 2014 02:33:09 +0100",
             "helo=[192.168.1.20]|ip=203.0.113.9|by=mail.gmx.net|by_ip=192.0.2.8|with=ESMTPSA|id=0MMkLB-1Xo1OM22D1-008ahB|time=2014-12-03T01:33:09Z|is=authenticated encrypted"},
            {"GMX, the browser",
             "from [203.0.113.9] ([203.0.113.9]) by 3c-app-gmx-lxa02.server.lan (via HTTP); Wed, 3 Dec 2014 02:33:09 +0100",
             "helo=[203.0.113.9]|ip=203.0.113.9|by=3c-app-gmx-lxa02.server.lan|time=2014-12-03T01:33:09Z"},
            {"Strato",
             "from sender by smtp.strato.de (RZmta 47.28.1 AUTH) with ESMTPSA id 30791cx61AuU5sD (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256 bits)) (Client did not present a certificate) for <info@shortstraw.be>; Thu, 1 Jul 2021 12:56:30 +0200 (CEST)",
             "helo=sender|by=smtp.strato.de|with=ESMTPSA|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=30791cx61AuU5sD|for=info@shortstraw.be|time=2021-07-01T10:56:30Z|is=authenticated encrypted"},
            {"iCloud",
             "from smtpclient.apple (unknown [203.0.113.9]) by p00-icloudmta-asmtp.me.com (Postfix) with ESMTPSA id 823515E041B; Tue, 17 Dec 2019 02:53:09 +0000 (UTC)",
             "helo=smtpclient.apple|ip=203.0.113.9|by=p00-icloudmta-asmtp.me.com|with=ESMTPSA|id=823515E041B|time=2019-12-17T02:53:09Z|is=postfix authenticated encrypted"},
            {"Oracle's messaging server",
             "from mx.example.com ([192.0.2.7]) by ms1.example.net (Oracle Communications Messaging Server 8.0.1.3.20170906 64bit (built Sep 6 2017)) with ESMTP id <0P92002K8V09UVC0@ms1.example.net> for info@shortstraw.be; Mon, 21 May 2018 12:07:21 +0000 (GMT)",
             "helo=mx.example.com|ip=192.0.2.7|by=ms1.example.net|with=ESMTP|id=0P92002K8V09UVC0@ms1.example.net|for=info@shortstraw.be|time=2018-05-21T12:07:21Z"},
            {"Mimecast",
             "from mail.example.com (mail.example.com [192.0.2.7]) by relay.mimecast.com with ESMTP with STARTTLS (version=TLSv1.2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id uk-mta-33-abcDEF; Tue, 02 Apr 2024 15:36:09 +0100",
             "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=relay.mimecast.com|with=ESMTP|tls=TLSv1.2|cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384|id=uk-mta-33-abcDEF|time=2024-04-02T14:36:09Z|is=encrypted"},
            {"Proofpoint",
             "from pps.filterd (m0356517.ppops.net [127.0.0.1]) by mx0a-00000000.pphosted.com (8.18.1.2/8.18.1.2) with ESMTP id 54KH6ts5018087 for <info@shortstraw.be>; Tue, 20 May 2025 18:26:46 GMT",
             "helo=pps.filterd|host=m0356517.ppops.net|ip=127.0.0.1|by=mx0a-00000000.pphosted.com|with=ESMTP|id=54KH6ts5018087|for=info@shortstraw.be|time=2025-05-20T18:26:46Z|is=sendmail"},
            {"Proofpoint, TLS",
             "from mail.example.com (mail.example.com [192.0.2.7]) by mx0a-00000000.pphosted.com (PPS) with ESMTPS id 3ea9jqgdd9-1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT) for <info@shortstraw.be>; Tue, 20 May 2025 18:26:46 +0000 (GMT)",
             "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mx0a-00000000.pphosted.com|with=ESMTPS|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|id=3ea9jqgdd9-1|for=info@shortstraw.be|time=2025-05-20T18:26:46Z|is=encrypted"},
            {"MessageLabs",
             "from [192.0.2.7] (using TLSv1.2 with cipher DHE-RSA-AES256-GCM-SHA384 (256 bits)) by server-1.bemta-5.messagelabs.com id B2/EE-00000-0000FFFF; Thu, 29 Apr 2015 23:34:45 +0000",
             "helo=[192.0.2.7]|ip=192.0.2.7|by=server-1.bemta-5.messagelabs.com|tls=TLSv1.2|cipher=DHE-RSA-AES256-GCM-SHA384|id=B2/EE-00000-0000FFFF|time=2015-04-29T23:34:45Z|is=encrypted"},
            {"Zoho",
             "from mail.zoho.com by mx.zohomail.com with SMTP id 1418381365566172.6749913299642; Fri, 12 Dec 2014 02:49:25 -0800 (PST)", "helo=mail.zoho.com|by=mx.zohomail.com|with=SMTP|id=1418381365566172.6749913299642|time=2014-12-12T10:49:25Z"},
            {"Yandex",
             "from web21h.yandex.ru (web21h.yandex.ru [192.0.2.7]) by forward1h.mail.yandex.net (Yandex) with ESMTP id D08769E1045; Sat, 6 Dec 2014 20:24:30 +0300 (MSK)",
             "helo=web21h.yandex.ru|host=web21h.yandex.ru|ip=192.0.2.7|by=forward1h.mail.yandex.net|with=ESMTP|id=D08769E1045|time=2014-12-06T17:24:30Z"},
        });
}

TEST_CASE("Received fields of other servers", "[route][received]") {
    check({
        {"MDaemon",
         "from pc.shortstraw.be by mail.shortstraw.be (MDaemon PRO v13.0.4) with ESMTP id md50002278152.msg for <info@example.com>; Sun, 02 Jun 2019 18:09:30 +0200",
         "helo=pc.shortstraw.be|by=mail.shortstraw.be|with=ESMTP|id=md50002278152.msg|for=info@example.com|time=2019-06-02T16:09:30Z|is=mdaemon"},
        {"MDaemon, TLS",
         "from pc.shortstraw.be by mail.shortstraw.be (Cipher TLSv1:RC4-MD5:128) (MDaemon PRO v10.1.1) with ESMTP id md50001457148.msg for <info@example.com>; Thu, 21 Oct 2010 07:28:43 -0500",
         "helo=pc.shortstraw.be|by=mail.shortstraw.be|with=ESMTP|tls=TLSv1.0|cipher=RC4-MD5|id=md50001457148.msg|for=info@example.com|time=2010-10-21T12:28:43Z|is=mdaemon encrypted"},
        {"MDaemon, an address",
         "from [192.168.1.20] ([203.0.113.9]) by mail.shortstraw.be (MDaemon PRO v23.5.2) with ESMTPSA id md5001000012345.msg; Thu, 21 Mar 2024 07:28:43 +0100",
         "helo=[192.168.1.20]|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTPSA|id=md5001000012345.msg|time=2024-03-21T06:28:43Z|is=mdaemon authenticated encrypted"},
        {"hMailServer",
         "from pc (dsl-9.example.net [203.0.113.9]) by mail.shortstraw.be with ESMTPSA (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256) ; Thu, 21 Mar 2024 07:28:43 +0100",
         "helo=pc|host=dsl-9.example.net|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|time=2024-03-21T06:28:43Z|is=authenticated encrypted"},
        {"hMailServer, older",
         "from pc ([192.168.1.20]) by mail.shortstraw.be with hMailServer ; Thu, 21 Mar 2009 07:28:43 +0100",
         "helo=pc|ip=192.168.1.20|by=mail.shortstraw.be|with=hMailServer|time=2009-03-21T06:28:43Z|is=hmailserver"},
        {"MailEnable",
         "from mail.example.com ([192.0.2.7]) by mail.shortstraw.be with MailEnable ESMTP; Fri, 23 Jan 2015 15:11:43 +1100",
         "helo=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=MailEnable ESMTP|time=2015-01-23T04:11:43Z|is=mailenable"},
        {"MailEnable, a client that logged in",
         "from PC ([203.0.113.9]) by mail.shortstraw.be with MailEnable ESMTPA; Tue, 29 Sep 2020 20:33:33 +0200",
         "helo=PC|ip=203.0.113.9|by=mail.shortstraw.be|with=MailEnable ESMTPA|time=2020-09-29T18:33:33Z|is=mailenable authenticated"},
        {"MailEnable, its filter",
         "from ([192.0.2.7]) for <info@shortstraw.be> with MailEnable Catch-All Filter; Wed, 13 Jul 2011 09:25:50 -0700",
         "ip=192.0.2.7|with=MailEnable Catch-All Filter|for=info@shortstraw.be|time=2011-07-13T16:25:50Z|is=mailenable"},
        {"Haraka",
         "from mail.example.com (rdns.example.net [192.0.2.7]) by mx.shortstraw.be (Haraka/2.8.25) with ESMTPSA id 8E30EE2E-AD6C-4250-8F10-1730CA3326DA.1 envelope-from <a@example.com> (authenticated bits=0) (cipher=TLS_AES_256_GCM_SHA384); Sat, 28 Mar 2020 17:57:19 +0000",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPSA|cipher=TLS_AES_256_GCM_SHA384|id=8E30EE2E-AD6C-4250-8F10-1730CA3326DA.1|sender=a@example.com|time=2020-03-28T17:57:19Z|is=haraka authenticated encrypted"},
        {"Haraka, newer",
         "from mail.example.com (rdns.example.net [192.0.2.7]) by mx.shortstraw.be (Haraka/3.0.2) with ESMTPS id 8E30EE2E.1 envelope-from <a@example.com> tls TLS_AES_256_GCM_SHA384; Sat, 28 Mar 2023 17:57:19 +0000",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPS|tls=TLS|cipher=TLS_AES_256_GCM_SHA384|id=8E30EE2E.1|sender=a@example.com|time=2023-03-28T17:57:19Z|is=haraka encrypted"},
        {"Haraka, outbound", "(Haraka outbound); Sat, 31 Oct 2020 18:32:53 +0000",
         "time=2020-10-31T18:32:53Z|is=haraka"},
        {"OpenSMTPD",
         "from mail.example.com (rdns.example.net [192.0.2.7]) by mx.shortstraw.be (OpenSMTPD) with ESMTPS id e6eb1d89 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) for <info@shortstraw.be>; Tue, 4 Jun 2024 12:36:45 +0000 (UTC)",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPS|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=e6eb1d89|for=info@shortstraw.be|time=2024-06-04T12:36:45Z|is=opensmtpd encrypted"},
        {"OpenSMTPD, a client that logged in",
         "from pc (<unknown> [203.0.113.9]) by mx.shortstraw.be (OpenSMTPD) with ESMTPSA id e858df75 (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) auth=yes user=info for <a@example.com>; Mon, 12 Feb 2024 10:09:06 +0100 (CET)",
         "helo=pc|ip=203.0.113.9|by=mx.shortstraw.be|with=ESMTPSA|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|user=info|id=e858df75|for=a@example.com|time=2024-02-12T09:09:06Z|is=opensmtpd authenticated encrypted"},
        {"OpenSMTPD, a program on the machine", "from localhost (mx.shortstraw.be [local]) by mx.shortstraw.be (OpenSMTPD) with ESMTPA id 91fbc65f for <a@example.com>; Mon, 17 Jun 2024 05:01:57 +0000 (UTC)", "helo=localhost|host=mx.shortstraw.be|by=mx.shortstraw.be|with=ESMTPA|id=91fbc65f|for=a@example.com|time=2024-06-17T05:01:57Z|is=opensmtpd authenticated local"},
        {"OpenSMTPD, older, with semicolons",
         "from pc (localhost [127.0.0.1]); by mx.shortstraw.be (OpenSMTPD) with ESMTP id d70f9624; for <a@example.com>; Thu, 17 Jul 2014 11:19:54 +0000 (UTC)",
         "helo=pc|host=localhost|ip=127.0.0.1|by=mx.shortstraw.be|with=ESMTP|id=d70f9624|for=a@example.com|time=2014-07-17T11:19:54Z|is=opensmtpd"},
        {"Courier",
         "from pc (dsl-9.example.net [::ffff:203.0.113.9]) (AUTH: LOGIN info@shortstraw.be, TLS: TLSv1.2,256bits,ECDHE-RSA-AES256-GCM-SHA384) by mail.shortstraw.be with ESMTPSA; Thu, 17 Jul 2014 11:19:54 +0000",
         "helo=pc|host=dsl-9.example.net|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|user=info@shortstraw.be|time=2014-07-17T11:19:54Z|is=courier authenticated encrypted"},
        {"Courier, the protocol's comment",
         "from mail.example.com (mail.example.com [192.0.2.7]) by mail.shortstraw.be with smtp (TLS: TLSv1/SSLv3,256bits,DHE-RSA-AES256-SHA) id 0000_1111; Thu, 17 Jul 2017 23:34:45 +0900",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=smtp|tls=TLS|cipher=DHE-RSA-AES256-SHA|id=0000_1111|time=2017-07-17T14:34:45Z|is=courier encrypted"},
        {"Courier, the id behind the date",
         "from mail.example.com (mail.example.com [::ffff:192.0.2.7]) by mail.shortstraw.be with ESMTP; Fri, 10 Dec 2010 13:21:19 +0900 id 0EFD1EE6.4D01AABF.0000A424",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=ESMTP|id=0EFD1EE6.4D01AABF.0000A424|time=2010-12-10T04:21:19Z"},
        {"CommuniGate",
         "from [203.0.113.9] (account info@shortstraw.be HELO pc) by mail.shortstraw.be (CommuniGate Pro SMTP 6.1.11) with ESMTPSA id 138898218; Tue, 07 May 2019 16:17:45 +0200",
         "helo=pc|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTPSA|user=info@shortstraw.be|id=138898218|time=2019-05-07T14:17:45Z|is=authenticated encrypted"},
        {"CommuniGate, a verified address",
         "from [203.0.113.9] (account info@shortstraw.be [203.0.113.9] verified) by mail.shortstraw.be (CommuniGate Pro SMTP 6.2.1 _community_) with ESMTPSA id 7764569; Thu, 09 May 2019 19:47:08 +0000",
         "helo=[203.0.113.9]|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTPSA|user=info@shortstraw.be|id=7764569|time=2019-05-09T19:47:08Z|is=authenticated encrypted"},
        {"CommuniGate, a stranger",
         "from [192.0.2.7] (HELO mail.example.com) by mail.shortstraw.be (CommuniGate Pro SMTP 5.2.14) with ESMTP id 120981757; Sun, 08 Nov 2009 18:10:25 -0500",
         "helo=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=ESMTP|id=120981757|time=2009-11-08T23:10:25Z"},
        {"CommuniGate, a verified name",
         "from mail.example.com ([192.0.2.7] verified) by mail.shortstraw.be (CommuniGate Pro SMTP 6.0) with ESMTP id 1 for info@shortstraw.be; Sun, 08 Nov 2009 18:10:25 -0500",
         "helo=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=ESMTP|id=1|for=info@shortstraw.be|time=2009-11-08T23:10:25Z"},
        {"Kerio",
         "from roundcube.shortstraw.be ([192.168.37.37]) (authenticated user info@shortstraw.be) by connect.shortstraw.be (Kerio Connect 9.2.12 patch 1) with ESMTPSA (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256 bits)); Mon, 8 Jun 2020 08:13:31 +0200",
         "helo=roundcube.shortstraw.be|ip=192.168.37.37|by=connect.shortstraw.be|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|user=info@shortstraw.be|time=2020-06-08T06:13:31Z|is=authenticated encrypted"},
        {"Lotus Domino",
         "from mail.example.com ([192.0.2.7]) by domino.shortstraw.be (Lotus Domino Release 8.0.2FP6) with ESMTP id 20170717233445-000000 ; Thu,17 Jul 2017 23:34:45 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=domino.shortstraw.be|with=ESMTP|id=20170717233445-000000|time=2017-07-17T21:34:45Z"},
        {"HCL Domino, two forms of the date",
         "from mail.example.com ([192.0.2.7]) by domino.shortstraw.be (HCL Domino Release 12.0.2) with ESMTP id 2024040214360812-1 ; Tue, 2 Apr 2024 14:36:08 +0200 ",
         "helo=mail.example.com|ip=192.0.2.7|by=domino.shortstraw.be|with=ESMTP|id=2024040214360812-1|time=2024-04-02T12:36:08Z"},
        {"IceWarp",
         "from mail.example.com ([192.0.2.7]) by mail.shortstraw.be (IceWarp 13.0.1.5) with ESMTP id 202404021436081234 for <info@shortstraw.be>; Tue, 02 Apr 2024 14:36:08 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=ESMTP|id=202404021436081234|for=info@shortstraw.be|time=2024-04-02T12:36:08Z"},
        {"GroupWise",
         "from INET-PRV1-MTA by gw.shortstraw.be with Novell_GroupWise; Tue, 18 Jun 2019 07:53:08 -0600",
         "helo=INET-PRV1-MTA|by=gw.shortstraw.be|with=Novell_GroupWise|time=2019-06-18T13:53:08Z"},
        {"Synology MailPlus",
         "from [192.168.1.20] (dsl-9.example.net [203.0.113.9]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) (No client certificate requested) (Authenticated sender: info) by nas.shortstraw.be (Synology Mail Server) with ESMTPSA id 1; Tue, 02 Apr 2024 14:36:08 +0200",
         "helo=[192.168.1.20]|host=dsl-9.example.net|ip=203.0.113.9|by=nas.shortstraw.be|with=ESMTPSA|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|user=info|id=1|time=2024-04-02T12:36:08Z|is=authenticated encrypted"},
        {"PowerMTA",
         "by mta.example.com (PowerMTA(TM) v3.5r16) id dvmmMlbT099315 for <info@shortstraw.be>; Thu, 29 Apr 2012 23:34:45 -0400 (envelope-from <a@example.com>)",
         "by=mta.example.com|id=dvmmMlbT099315|for=info@shortstraw.be|sender=a@example.com|time=2012-04-30T03:34:45Z"},
        {"PowerMTA, newer",
         "from pc (192.0.2.7) by mta.example.com (PowerMTA v5.0r6) with ESMTPA id hv1 for <info@shortstraw.be>; Thu, 29 Apr 2020 23:34:45 -0400 (envelope-from <a@example.com>)",
         "helo=pc|ip=192.0.2.7|by=mta.example.com|with=ESMTPA|id=hv1|for=info@shortstraw.be|sender=a@example.com|time=2020-04-30T03:34:45Z|is=authenticated"},
        {"Halon",
         "from mail.example.com (mail.example.com [192.0.2.7]) by gate.shortstraw.be (Halon) with ESMTPSA id 386d888a-8b2a-11f0-a19d-d510462faafc; Sat, 06 Sep 2025 14:03:11 +0000 (UTC)",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|with=ESMTPSA|id=386d888a-8b2a-11f0-a19d-d510462faafc|time=2025-09-06T14:03:11Z|is=halon authenticated encrypted"},
        {"Sophos",
         "from mail.example.com ([192.0.2.7]:39816) by gate.shortstraw.be with esmtps (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256) (Exim 4.82_1-5b7a7c0-XX) (envelope-from <a@example.com>) id 1kSH9d-0005pw-05 for info@shortstraw.be; Tue, 13 Oct 2020 12:03:37 +0200",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|with=esmtps|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|id=1kSH9d-0005pw-05|for=info@shortstraw.be|sender=a@example.com|time=2020-10-13T10:03:37Z|is=exim encrypted"},
        {"Barracuda",
         "from mail.example.com (mail.example.com [192.0.2.7]) by gate.shortstraw.be with ESMTP id rTR3cr9xLoMiR5vX (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO) for <info@shortstraw.be>; Mon, 20 Sep 2021 21:33:01 +0200 (CEST)",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|with=ESMTP|tls=TLSv1.2|cipher=ECDHE-RSA-AES256-GCM-SHA384|id=rTR3cr9xLoMiR5vX|for=info@shortstraw.be|time=2021-09-20T19:33:01Z|is=encrypted"},
        {"Barracuda, older",
         "from mail.example.com (unknown [192.0.2.7]) by gate.shortstraw.be (Spam Firewall) with ESMTP id 000000000000 for <info@shortstraw.be>; Thu, 9 Apr 2008 23:34:45 +0900 (JST)",
         "helo=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|with=ESMTP|id=000000000000|for=info@shortstraw.be|time=2008-04-09T14:34:45Z"},
        {"IronPort",
         "from mail.example.com (HELO x.example.com) ([192.0.2.7]) by esa1.shortstraw.be with ESMTP/TLS/DHE-RSA-AES256-SHA; 17 Jul 2017 23:34:45 +0000",
         "helo=x.example.com|host=mail.example.com|ip=192.0.2.7|by=esa1.shortstraw.be|with=ESMTP/TLS/DHE-RSA-AES256-SHA|tls=TLS|cipher=DHE-RSA-AES256-SHA|time=2017-07-17T23:34:45Z|is=encrypted"},
        {"IronPort, newer",
         "from unknown (HELO x.example.com) ([192.0.2.7]) by esa1.shortstraw.be with ESMTP/TLS/TLS_AES_256_GCM_SHA384; 17 Jul 2023 23:34:45 +0000",
         "helo=x.example.com|ip=192.0.2.7|by=esa1.shortstraw.be|with=ESMTP/TLS/TLS_AES_256_GCM_SHA384|tls=TLS|cipher=TLS_AES_256_GCM_SHA384|time=2023-07-17T23:34:45Z|is=encrypted"},
        {"SurfControl",
         "from mail.example.com [192.0.2.7] by gate.shortstraw.be - SurfControl E-mail Filter (6.0.1); Thu 29 Apr 2010 23:34:45 +0900",
         "helo=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|time=2010-04-29T14:34:45Z"},
        {"MailMarshal",
         "from mail.example.com (Not Verified[192.0.2.7]) by gate.shortstraw.be with MailMarshal (v6,4,1,5038) id <B4f0000000000>; Thu, 29 Apr 2010 23:34:45 +0900",
         "helo=mail.example.com|ip=192.0.2.7|by=gate.shortstraw.be|with=MailMarshal|id=B4f0000000000|time=2010-04-29T14:34:45Z"},
        {"ecelerity",
         "from [192.0.2.7] ([192.0.2.7:22222] helo=mail.example.com) by mta.example.net (envelope-from <a@example.com>) (ecelerity 3.6.5.1 r(Core:3.6.5.0)) with ESMTPS (cipher=AES256-GCM-SHA384) id 22/00-00000-EEEEEEEE; Thu, 29 Apr 2015 23:34:45 +0000", "helo=mail.example.com|ip=192.0.2.7|by=mta.example.net|with=ESMTPS|cipher=AES256-GCM-SHA384|id=22/00-00000-EEEEEEEE|sender=a@example.com|time=2015-04-29T23:34:45Z|is=encrypted"},
        {"ZMailer",
         "from mail.example.com ([192.0.2.7]:36596 \"EHLO mail.example.com\" rhost-flags-OK-OK-OK-OK) by lists.example.org with ESMTP id S1726704AbfEITrM (ORCPT <rfc822;list@lists.example.org>); Thu, 9 May 2019 15:47:12 -0400",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=lists.example.org|with=ESMTP|id=S1726704AbfEITrM|time=2019-05-09T19:47:12Z"},
        {"XMail",
         "from mail.example.com (mail.example.com [192.0.2.7]:1234) by mail.shortstraw.be with [XMail 1.27 ESMTP Server] id <S5> for <info@shortstraw.be> from <a@example.com>; Thu, 9 May 2009 15:47:12 -0400",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=[XMail 1.27 ESMTP Server]|id=S5|for=info@shortstraw.be|sender=a@example.com|time=2009-05-09T19:47:12Z"},
        {"DragonFly Mail Agent",
         "from root (uid 0) (envelope-from root@df.example.net) id e0003 by df.example.net (DragonFly Mail Agent v0.13); Wed, 12 Jun 2024 08:46:42 +0900",
         "by=df.example.net|account=root|id=e0003|sender=root@df.example.net|time=2024-06-11T23:46:42Z|is=local"},
        {"Dovecot LMTP",
         "from mx.shortstraw.be ([192.0.2.8]) by store.shortstraw.be with LMTP id Kk2pAAeZW2bFXAAA (envelope-from <a@example.com>) for <info@shortstraw.be>; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=mx.shortstraw.be|ip=192.0.2.8|by=store.shortstraw.be|with=LMTP|id=Kk2pAAeZW2bFXAAA|for=info@shortstraw.be|sender=a@example.com|time=2024-06-04T12:36:08Z|is=lmtp-store"},
        {"Dovecot LMTP, TLS",
         "from mx.shortstraw.be ([192.0.2.8]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by store.shortstraw.be (Dovecot) with LMTPS id Kk2 for <info@shortstraw.be>; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=mx.shortstraw.be|ip=192.0.2.8|by=store.shortstraw.be|with=LMTPS|tls=TLSv1.3|cipher=TLS_AES_256_GCM_SHA384|id=Kk2|for=info@shortstraw.be|time=2024-06-04T12:36:08Z|is=lmtp-store encrypted"},
        {"Cyrus",
         "from mx.shortstraw.be ([unix socket]) by store.shortstraw.be (Cyrus v2.4.17-Fedora-RPM-2.4.17-15.el7) with LMTPA; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=mx.shortstraw.be|by=store.shortstraw.be|with=LMTPA|time=2024-06-04T12:36:08Z|is=lmtp-store authenticated"},
        {"fetchmail",
         "from pop.example.net [192.0.2.8] by localhost with POP3 (fetchmail-6.3.26) for <info@localhost> (single-drop); Tue, 04 Jun 2024 14:36:08 +0200 (CEST)",
         "helo=pop.example.net|ip=192.0.2.8|by=localhost|with=POP3|for=info@localhost|time=2024-06-04T12:36:08Z"},
        {"SquirrelMail",
         "from 203.0.113.9 ([203.0.113.9]) (SquirrelMail authenticated user info@shortstraw.be) by webmail.shortstraw.be with HTTP; Thu, 29 Apr 2013 23:34:45 +0000",
         "helo=203.0.113.9|ip=203.0.113.9|by=webmail.shortstraw.be|with=HTTP|user=info@shortstraw.be|time=2013-04-29T23:34:45Z|is=authenticated"},
        {"Roundcube",
         "from [203.0.113.9] by webmail.shortstraw.be with HTTP (HTTP/1.1 POST); Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=[203.0.113.9]|ip=203.0.113.9|by=webmail.shortstraw.be|with=HTTP|time=2024-06-04T12:36:08Z"},
        {"mailing list, two names",
         "from lists.example.org (localhost [127.0.0.1]) by lists.example.org (Postfix) with ESMTP id 1 for <info@shortstraw.be>, <a@example.com>; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=lists.example.org|host=localhost|ip=127.0.0.1|by=lists.example.org|with=ESMTP|id=1|for=info@shortstraw.be|time=2024-06-04T12:36:08Z|is=postfix"},
        {"several recipients",
         "from mail.example.com (unknown [192.0.2.7]) by mx.shortstraw.be with ESMTP for multiple recipients; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|time=2024-06-04T12:36:08Z"},
        {"UTF-8 of RFC 6531",
         "from mail.example.com (unknown [192.0.2.7]) by mx.shortstraw.be with UTF8SMTPSA id 1; Tue, 04 Jun 2024 14:36:08 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=UTF8SMTPSA|id=1|time=2024-06-04T12:36:08Z|is=authenticated encrypted"},
        {"IBM",
         "from /spool/local by gate.example.net with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted for <info@shortstraw.be> from <a@example.com>; Tue, 2 Apr 2019 15:00:00 +0100",
         "helo=/spool/local|by=gate.example.net|with=IBM ESMTP SMTP Gateway: Authorized Use|for=info@shortstraw.be|sender=a@example.com|time=2019-04-02T14:00:00Z"},
        {"IBM, TLS",
         "from mail.example.com (192.0.2.7) by gate.example.net (192.168.1.140) with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted; (version=TLSv1/SSLv3 cipher=AES256-GCM-SHA384 bits=256/256) Tue, 2 Apr 2019 15:00:00 +0100", "helo=mail.example.com|ip=192.0.2.7|by=gate.example.net|by_ip=192.168.1.140|with=IBM ESMTP SMTP Gateway: Authorized Use|tls=TLS|cipher=AES256-GCM-SHA384|time=2019-04-02T14:00:00Z|is=encrypted"},
        {"SendGrid",
         "by filter0177p1las1.sendgrid.net with SMTP id filter0177p1las1-1-5C-1; 2019-04-02 15:00:00.123456789 +0000 UTC m=+12.5",
         "by=filter0177p1las1.sendgrid.net|with=SMTP|id=filter0177p1las1-1-5C-1|time=2019-04-02T15:00:00Z"},
        {"Mandrill",
         "from pmta06.example.net (127.0.0.1) by mail115-x.mandrillapp.com id hvt for <info@shortstraw.be>; Tue, 2 Apr 2019 15:00:00 +0000 (envelope-from <bounce@mandrillapp.com>)",
         "helo=pmta06.example.net|ip=127.0.0.1|by=mail115-x.mandrillapp.com|id=hvt|for=info@shortstraw.be|sender=bounce@mandrillapp.com|time=2019-04-02T15:00:00Z"},
        {"Comcast",
         "from smtp1 (smtp1.example.com[192.0.2.7]) by mx.example.net (sccrmhc12) with ESMTP id <2004010101>; Tue, 2 Apr 2019 15:00:00 +0000",
         "helo=smtp1|host=smtp1.example.com|ip=192.0.2.7|by=mx.example.net|with=ESMTP|id=2004010101|time=2019-04-02T15:00:00Z"},
        {"LISTSERV",
         "by LISTSERV.EXAMPLE.ORG (LISTSERV-TCP/IP release 16.0) with spool id 123 for LIST-L@LISTSERV.EXAMPLE.ORG; Tue, 2 Apr 2019 15:00:00 -0400",
         "by=LISTSERV.EXAMPLE.ORG|with=spool|id=123|for=LIST-L@LISTSERV.EXAMPLE.ORG|time=2019-04-02T19:00:00Z"},
        {"Fastmail's store",
         "from compute1.internal (compute1.nyi.internal [10.202.2.41]) by sloti1d3t01 (Cyrus 3.11.0-alpha0-378-g4002173d8c-fm-20240327.002-g40021) with LMTPA; Tue, 02 Apr 2024 15:00:00 -0400",
         "helo=compute1.internal|host=compute1.nyi.internal|ip=10.202.2.41|by=sloti1d3t01|with=LMTPA|time=2024-04-02T19:00:00Z|is=lmtp-store authenticated"},
        {"IMail",
         "from [192.168.1.5] [203.0.113.9] by mail.shortstraw.be with ESMTP (SMTPD32-8.05) id A1B2; Tue, 2 Apr 2004 15:00:00 +0200",
         "helo=[192.168.1.5]|ip=203.0.113.9|by=mail.shortstraw.be|with=ESMTP|id=A1B2|time=2004-04-02T13:00:00Z"},
        {"SmarterMail",
         "from mail.example.com [192.0.2.7] by mail.shortstraw.be with ESMTP (SmarterMail Enterprise) via TCP; Tue, 2 Apr 2014 15:00:00 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mail.shortstraw.be|with=ESMTP|via=TCP|time=2014-04-02T13:00:00Z"},
        {"SmarterMail, TLS",
         "from pc (dsl-9.example.net [203.0.113.9]) by mail.shortstraw.be with SMTP (version=TLS\\Tls12 cipher=Aes256 bits=256); Tue, 2 Apr 2024 15:00:00 +0200",
         "helo=pc|host=dsl-9.example.net|ip=203.0.113.9|by=mail.shortstraw.be|with=SMTP|tls=TLSv1.2|cipher=Aes256|time=2024-04-02T13:00:00Z|is=encrypted"},
        {"smap",
         "from mail.example.com(192.0.2.7) by gw.shortstraw.be via smap (V2.1) id xma012; Tue, 2 Apr 98 15:00:00 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=gw.shortstraw.be|via=smap|id=xma012|time=1998-04-02T13:00:00Z"},
        {"an address and a name in one comment",
         "from mail.example.com(rdns.example.net 192.0.2.7) by gw.shortstraw.be with esmtps (SSL/TLSv1.2:ECDHE:256) id 1; Tue, 2 Apr 2014 15:00:00 +0200",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=gw.shortstraw.be|with=esmtps|tls=TLSv1.2|cipher=ECDHE|id=1|time=2014-04-02T13:00:00Z|is=encrypted"},
        {"Mirapoint, a client that logged in",
         "from mail.example.com (EHLO mail.example.com) ([192.0.2.7]) by gw.shortstraw.be (MOS 4.3.4-GA FastPath queued) with ESMTP id X (AUTH info@shortstraw.be); Tue, 2 Apr 2014 15:00:00 +0200 (CEST)",
         "helo=mail.example.com|host=mail.example.com|ip=192.0.2.7|by=gw.shortstraw.be|with=ESMTP|user=info@shortstraw.be|id=X|time=2014-04-02T13:00:00Z|is=authenticated"},
        {"Exim's scanner",
         "from sa by spam.example.net with local-bsmtp (Exim 4.94) id 1; Tue, 2 Apr 2014 15:00:00 +0200",
         "by=spam.example.net|with=local-bsmtp|account=sa|id=1|time=2014-04-02T13:00:00Z|is=exim local"},
        {"Proximus",
         "from unknown (HELO [192.168.1.20]) ([203.0.113.9]) by relay.proximus.be with ESMTP/TLS/TLS_AES_128_GCM_SHA256; 02 Apr 2024 15:00:00 +0200",
         "helo=[192.168.1.20]|ip=203.0.113.9|by=relay.proximus.be|with=ESMTP/TLS/TLS_AES_128_GCM_SHA256|tls=TLS|cipher=TLS_AES_128_GCM_SHA256|time=2024-04-02T13:00:00Z|is=encrypted"},
        {"Proximus, a client that logged in",
         "from pc (203.0.113.9) by relay.proximus.be (9.0.019.09-1) (authenticated as info@shortstraw.be) id 5D; Tue, 2 Apr 2024 15:00:00 +0200",
         "helo=pc|ip=203.0.113.9|by=relay.proximus.be|user=info@shortstraw.be|id=5D|time=2024-04-02T13:00:00Z|is=authenticated"},
        {"Dovecot submission",
         "from dovecot-submission (localhost [127.0.0.1]) (authenticated bits=0) (user=info mech=PLAIN) by mx.shortstraw.be with ESMTPSA; Tue, 2 Apr 2019 15:00:00 +0200",
         "helo=dovecot-submission|host=localhost|ip=127.0.0.1|by=mx.shortstraw.be|with=ESMTPSA|user=info|time=2019-04-02T13:00:00Z|is=authenticated encrypted"},
    });
}

TEST_CASE("Received fields that are broken", "[route][received]") {
    check({
        {"no date", "from mail.example.com (unknown [192.0.2.7]) by mx.shortstraw.be with ESMTP id 1",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|id=1"},
        {"no semicolon, one digit of the day",
         "from mail.example.com (unknown [192.0.2.7]) by mx.shortstraw.be with ESMTP Tue, 4 Jun 2024 14:36:08 +0200",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|time=2024-06-04T12:36:08Z"},
        {"a date twice",
         "by mx.shortstraw.be with SMTP id 1; Tue, 04 Jun 2024 14:36:08 +0200; Tue, 04 Jun 2024 14:36:08 +0200",
         "by=mx.shortstraw.be|with=SMTP|id=1|time=2024-06-04T12:36:08Z"},
        {"ctime", "by mx.shortstraw.be with SMTP id 1; Tue Jun 4 14:36:08 2024",
         "by=mx.shortstraw.be|with=SMTP|id=1|time=2024-06-04T14:36:08Z"},
        {"a zone's long name",
         "by mx.shortstraw.be with SMTP id 1; Tue, 04 Jun 2024 14:36:08 -0700 Pacific Daylight Time",
         "by=mx.shortstraw.be|with=SMTP|id=1|time=2024-06-04T21:36:08Z"},
        {"ISO 8601", "by mx.shortstraw.be with SMTP id 1; 2024-06-04T14:36:08+02:00",
         "by=mx.shortstraw.be|with=SMTP|id=1|time=2024-06-04T12:36:08Z"},
        {"an unreadable date", "by mx.shortstraw.be with SMTP id 1; yesterday evening",
         "by=mx.shortstraw.be|with=SMTP|id=1|date=yesterday evening"},
        {"semicolons before the date",
         "from mail.example.com ([192.0.2.7]) by mx.shortstraw.be for <info@shortstraw.be>;0cc93573e5704417; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|for=info@shortstraw.be|time=2012-04-29T23:34:45Z"},
        {"key words inside comments",
         "from mail.example.com (by for with id [192.0.2.7]) by mx.shortstraw.be (with by for; from) with ESMTP; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|time=2012-04-29T23:34:45Z"},
        {"a host called like a key word",
         "from by (for [192.0.2.7]) by mx.shortstraw.be (Postfix) with ESMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=by|host=for|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|id=1|time=2012-04-29T23:34:45Z|is=postfix"},
        {"an empty greeting", "from by mx.shortstraw.be with ESMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "by=mx.shortstraw.be|with=ESMTP|id=1|time=2012-04-29T23:34:45Z"},
        {"no greeting but a comment",
         "from (mail.example.com [192.0.2.7]) by mx.shortstraw.be with smtp id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "host=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=smtp|id=1|time=2012-04-29T23:34:45Z"},
        {"(null)",
         "from (null) (unknown [192.0.2.7]) by mx.shortstraw.be (Postfix) with SMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|id=1|time=2012-04-29T23:34:45Z|is=postfix"},
        {"a comment that is not closed",
         "from mail.example.com (mail.example.com [192.0.2.7] by mx.shortstraw.be with ESMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|id=1|time=2012-04-29T23:34:45Z"},
        {"cut off", "from mail.example.com (mail.example.com [192.", "helo=mail.example.com"},
        {"comments in comments",
         "from mail.example.com (((((unknown [192.0.2.7]))))) by mx.shortstraw.be (a (b (c) d) e) with ESMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|by=mx.shortstraw.be|with=ESMTP|id=1|time=2012-04-29T23:34:45Z"},
        {"quoted parentheses in a comment",
         "from mail.example.com (unknown [192.0.2.7]) (Authenticated sender: a\\)b) by mx.shortstraw.be with ESMTPA id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTPA|user=a\\|id=1|time=2012-04-29T23:34:45Z|is=authenticated"},
        {"a version that looks like an address",
         "from mail.example.com ([192.0.2.7]) by mx.shortstraw.be with exiscan (version 4.8.3.54) id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=exiscan|id=1|time=2012-04-29T23:34:45Z"},
        {"addresses that are none",
         "from [300.1.2.3] (unknown [1.2.3.4.5]) by mx.shortstraw.be with ESMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=[300.1.2.3]|by=mx.shortstraw.be|with=ESMTP|id=1|time=2012-04-29T23:34:45Z"},
        {"nothing", "", ""},
        {"a semicolon", ";", ""},
        {"a sentence", "this is not a field that anybody wrote", ""},
        {"a name and an address without a blank",
         "from mail.example.com[192.0.2.7] by mx.shortstraw.be with SMTP id 1; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|ip=192.0.2.7|by=mx.shortstraw.be|with=SMTP|id=1|time=2012-04-29T23:34:45Z"},
        {"links of a mail program",
         "from mail.example.com<http://mail.example.com> (rdns.example.net<http://rdns.example.net> [192.0.2.7]) by mx.shortstraw.be<http://mx.shortstraw.be> (Postfix) with ESMTP id 1 for <info@shortstraw.be<mailto:info@shortstraw.be>>; Thu, 29 Apr 2012 23:34:45 +0000",
         "helo=mail.example.com|host=rdns.example.net|ip=192.0.2.7|by=mx.shortstraw.be|with=ESMTP|id=1|for=info@shortstraw.be|time=2012-04-29T23:34:45Z|is=postfix"},
    });
}

TEST_CASE("the date of a Received field is kept as it was written", "[route][received]") {
    const auto date = [](std::string_view field) { return route::read_received(field).date; };
    CHECK(date("by a; Tue, 04 Jun 2024 14:36:08 +0200 (CEST)") == "Tue, 04 Jun 2024 14:36:08 +0200 (CEST)");
    CHECK(date("by a;\r\n\tTue, 04 Jun 2024\r\n\t14:36:08 +0200") == "Tue, 04 Jun 2024 14:36:08 +0200");
    CHECK(date("by a; 4 Jun 2024 14:36:08 +0200 (envelope-from <a@example.com>)") ==
          "4 Jun 2024 14:36:08 +0200");
    CHECK(date("by a; 4 Jun 2024 14:36:08 +0200 id 1") == "4 Jun 2024 14:36:08 +0200");
    CHECK(date("by a id 1 4 Jun 2024 14:36:08 +0200") == "4 Jun 2024 14:36:08 +0200");
    CHECK(date("by a; yesterday") == "yesterday");
    CHECK(date("by a id 1").empty());
}

TEST_CASE("whether a Received field was understood", "[route][received]") {
    CHECK(route::read_received("by mx.example.com; 4 Jun 2024 14:36:08 +0200").is_understood());
    CHECK(route::read_received("from pc; 4 Jun 2024 14:36:08 +0200").is_understood());
    CHECK(route::read_received("(qmail 1 invoked from network); 4 Jun 2024 14:36:08 -0000").is_understood());
    CHECK_FALSE(route::read_received("4 Jun 2024 14:36:08 +0200").is_understood());
    CHECK_FALSE(route::read_received("").is_understood());
    CHECK_FALSE(route::read_received(std::string_view{}).is_understood());
}

TEST_CASE("TLS versions have one spelling", "[route][received]") {
    const auto tls = [](const std::string& word) {
        return route::read_received("by a with ESMTPS (version=" + word + " cipher=X)").tls;
    };
    CHECK(tls("TLS1_3") == "TLSv1.3");
    CHECK(tls("TLSv1.2") == "TLSv1.2");
    CHECK(tls("TLS1.2") == "TLSv1.2");
    CHECK(tls("tlsv1_1") == "TLSv1.1");
    CHECK(tls("TLSv1") == "TLSv1.0");
    CHECK(tls("TLS1_0") == "TLSv1.0");
    CHECK(tls("SSLv3") == "SSLv3");
    CHECK(tls("TLSv1/SSLv3") == "TLS"); // OpenSSL once said so of every version
    CHECK(tls("TLS_AES").empty());
    CHECK(tls("7").empty());
}

TEST_CASE("long and hostile Received fields", "[route][received]") {
    const auto repeated = [](std::string_view text, std::size_t times) {
        std::string out;
        for (std::size_t i = 0; i < times; ++i)
            out += text;
        return out;
    };
    const std::string date = "; Tue, 04 Jun 2024 14:36:08 +0000";
    const std::string front = "from pc ([192.0.2.7]) by mx.example.com with ESMTP ";
    SECTION("the date behind all that counts is read") {
        const Received received = route::read_received(front + repeated("x ", 100000) + date);
        CHECK(received.by == "mx.example.com");
        CHECK(received.date == "Tue, 04 Jun 2024 14:36:08 +0000");
        CHECK(received.time == 1717511768);
    }
    SECTION("what opens and never closes") {
        for (const char* text : {"(", "((", "<", "[", "\"", ";", ")", "(;", "\\", "<(", "[\"("}) {
            INFO(text);
            CHECK(route::read_received(front + repeated(text, 1000000)).by == "mx.example.com");
        }
    }
    SECTION("clauses without end") {
        for (const char* text : {"from ", "by ", "with ", "id ", "for ", "; ", "; 1 Jan ", "Mon 1 Jan "}) {
            INFO(text);
            CHECK(route::read_received(front + repeated(text, 1000000)).by == "mx.example.com");
        }
    }
    SECTION("names that are long stay whole") {
        const std::string name = repeated("a", 5000);
        CHECK(route::read_received("from " + name + " by b" + date).helo == name);
    }
    SECTION("octets of every kind") {
        std::string text = front;
        for (int i = 0; i < 256; ++i)
            text += static_cast<char>(i);
        CHECK(route::read_received(text).by == "mx.example.com");
    }
}
