#pragma once

#include "support/text.hpp"

#include <string>

/// The signed messages of the RFCs, and their key records.
namespace relaytool::test {

/// RFC 6376 appendix A.2. The indents of its folds are signed: six blanks.
inline const std::string rfc6376_message =
    crlf("DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\n"
         "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\n"
         "      h=Received : From : To : Subject : Date : Message-ID;\n"
         "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
         "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\n"
         "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\n"
         "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\n"
         "      4bmp/YzhwvcubU4=;\n"
         "Received: from client1.football.example.com  [192.0.2.1]\n"
         "      by submitserver.example.com with SUBMISSION;\n"
         "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\n"
         "From: Joe SixPack <joe@football.example.com>\n"
         "To: Suzie Q <suzie@shopping.example.net>\n"
         "Subject: Is dinner ready?\n"
         "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
         "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
         "\n"
         "Hi.\n"
         "\n"
         "We lost the game. Are you hungry yet?\n"
         "\n"
         "Joe.\n");
/// RFC 6376 appendix A.3, at brisbane._domainkey.example.com.
inline const std::string rfc6376_record = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
                                          "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                                          "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
                                          "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
                                          "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

/// RFC 8463 appendix A.3.
inline const std::string rfc8463_message =
    crlf("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n"
         " d=football.example.com; i=@football.example.com;\n"
         " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n"
         " subject : date : message-id : from : subject : date;\n"
         " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
         " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n"
         " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\n"
         "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n"
         " d=football.example.com; i=@football.example.com;\n"
         " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\n"
         " date : message-id : from : subject : date;\n"
         " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
         " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\n"
         " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\n"
         " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\n"
         "From: Joe SixPack <joe@football.example.com>\n"
         "To: Suzie Q <suzie@shopping.example.net>\n"
         "Subject: Is dinner ready?\n"
         "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
         "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
         "\n"
         "Hi.\n"
         "\n"
         "We lost the game.  Are you hungry yet?\n"
         "\n"
         "Joe.\n"
         "\n");
/// RFC 8463 appendix A.2, at brisbane._domainkey.football.example.com and
/// test._domainkey.football.example.com.
inline const std::string rfc8463_ed25519_record =
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
inline const std::string rfc8463_rsa_record =
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
    "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/b"
    "yYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKr"
    "M3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K"
    "4w3QIDAQAB";

} // namespace relaytool::test
