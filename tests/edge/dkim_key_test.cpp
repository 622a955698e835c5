#include "edge/dkim_key.hpp"
#include "base/base64.hpp"
#include "mail/message.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::mail;
using namespace relaytool::test;

namespace {

/// RFC 8463 appendix A.2 in PKCS #8.
constexpr const char* rfc8463_key = "-----BEGIN PRIVATE KEY-----\n"
                                    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                    "-----END PRIVATE KEY-----\n";

// Keys made for these tests.
constexpr const char* rsa_key =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIICXAIBAAKBgQCjM9Xso0sbz74bjAczBbutEn8FHD4ob1wGimcmy0bodJfrgh5w\n"
    "qyZ+ihc76r4q14qOtKscCWEsZ+09RmyGwF/3557ut89SdRDhEra/Y9zp2trUdmGT\n"
    "Fw5e4eOKJVdWXGPn16SSqb3byDwjkMfOYzPNnYCOqtxlywT1shRnNJyVIQIDAQAB\n"
    "AoGAMURMqAsDeXnVIeu7oKNybGTRA3HrMbmsRi0xxnxHA5Vu5yF4nvqLvFdjfCr5\n"
    "DWXT5hCUNvp94zHcZEsGKAea8HgANLoGLtzW/2CVfpxYt1WC8m4XepOoZJGqqFho\n"
    "Z7T+ajGHErRuKsFqO08n9Ci4wYvtAX4bBzr763TzFRqMDaECQQDRvnQMNQ5WP2aZ\n"
    "nw/GuMHL4iVB7Isr1TtY9ExBBapneGwLdTkaPi7JkXrJOHnO0tSZ7mW9NaRHiT10\n"
    "IQ/IUqyTAkEAxzHIfKvaSS9QjburPgRULhnPl7TKE/iKZ7cb5fcyC9JW16i4wHOT\n"
    "HuZT+vdStSFiIK2gJAsZbRUnTjjGh0q7+wJAc+sKP+Tis4/+qFBca7uYf5HQfYq5\n"
    "r9P9JMB/lEAJWX4YWIzErlhHi2c3sRXhXAjxLtGusM+Ap3iV2iSbkF8AuQJAat2y\n"
    "ifBI8+qGdQOyI1t/Lhx62xELORumZW4/cWjlWKJIJPtH4zgePf2kIIh/vt1iH9YG\n"
    "jE/IHFW0+KpNGFhn8QJBALPnPCUgnWrhiXNUoxfQr9x0qauck/vMxoSj1lHavg2y\n"
    "k3WCBb5ZMzqPFEMkxl5gaUX+aWRzfL6qqa8U3cWXoig=\n"
    "-----END RSA PRIVATE KEY-----\n";
constexpr const char* encrypted_rsa_key =
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
    "MIIC3TBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI7jESmS+wuyMCAggA\n"
    "MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBBRuOjqxOL2Y+/LxdnswS5NBIIC\n"
    "gIgzZVKdPdm/h+5ARMMuSJ1cYo66gB1Pm411rcsfvLYqvSJqtOisgTO5keg5HG02\n"
    "6hSY8kD/2XEM0fHXYwX/hYv+wa6vTwaEYpD0bka6iMvQq3OW/f/YDzWsEcL5jLut\n"
    "mQ6UaDXMviysriyAM2+91JNFkzFosidz3Rwc+zwnAr7JeD7MZs9ubladkJs6y1jB\n"
    "xeff8ilry4enWmVUdISq2FVNr/K4z9p7zVpzaSsxexMbL2/3Qu4vn2aetXNjWNeb\n"
    "rHT3Vf3nYHW/ypH5oscIi4vgGLFOrzs8nn1nbronJzE+OWHdagHPSG5lap3T9cDm\n"
    "UiISGQbf4wEc29MyrYgMD3q4Emn45M4aNV+DaTCjeUP9fXVwJkGEHJClLZi1gHs+\n"
    "AAO1Mv9V1smFfpR3vubw/8U8Nvsg99g6pr7dSfh/RuaWHIrp9jw3rkV1PLZDjYLr\n"
    "l8YyqLNhR1rAM6/JC2qu45D30mAg3oWTBE8BoFBNuYTSeqZDI7NdGTFsvaoNdTvh\n"
    "tlKnaIWfGGhqCU0dkf8IAIcG5PZ+JJccNry4g654EiZG5MAkEFYpZPAIMqZTfE5w\n"
    "+SVmTbA2gjjEbcJVfezfPD63Ev7KsA3SbBoYrzRR3hjfXE8Aqi2Mtr9QmYic1jJX\n"
    "BMcPthSJtqq/ZQb+GyeOsUlCX3dF47DjeTSNNRWKNVH5Wh4AjaCFW4sI3uV2AC2c\n"
    "9rXoA23Uxt1gXYU64Y2tgchWGWC+6xZxiM802sVYM43RJMA7KhPE2JJxvBNjKB2c\n"
    "yXkIUla5j9uth50qFyL9EJ0BfMGcREvbN5NkbvYKlIHir5WADwYY1gVzCWAGYmHq\n"
    "eDfnl+lF9wktCUsJ+sZ5kqs=\n"
    "-----END ENCRYPTED PRIVATE KEY-----\n";
constexpr const char* short_rsa_key =
    "-----BEGIN RSA PRIVATE KEY-----\n"
    "MIIBOwIBAAJBAPOmLbYYrolMkBccWheQuoIsNwuXbIi2CzQ//1rBu6uXJEnLhyJa\n"
    "dUWcs4i3qfd+QU11hresINKDabqNPbYo2ksCAwEAAQJBAM27YhnCmY3hkkGRdRk0\n"
    "4eeMwiYNhF2jqa5C47GUqIznertHWfnszNkOjfSE0z/sK/lQEoKvLVHi/Yq6CPBj\n"
    "fTECIQD7YALsxyu5u0mze1zU37ztNOVDhz1KeJVH/6AuBq+1BQIhAPghxxkpTzat\n"
    "zy3RZ+9DjtSOaxG95Etb/fSp8zvrHHMPAiA5R/mipwgpvKngwl23DHzquMD9kFXB\n"
    "IJUz4OZJVrC3WQIgeps+JOmrkYoaqDoj0C8ioVbqAu9AohgHiWB8pqvK9/MCIQCw\n"
    "MxbmAqh2F5Zjl0ieDZGkDz9mQCWnmcUzdJdpOrTdUA==\n"
    "-----END RSA PRIVATE KEY-----\n";
constexpr const char* ec_key =
    "-----BEGIN EC PRIVATE KEY-----\n"
    "MHcCAQEEIOmPHHphofEtnRe57WtS3lt57KOtclaGkcOHp5Q3qNQPoAoGCCqGSM49\n"
    "AwEHoUQDQgAE8gNoUJxtpaoTBJC1C3iWb+xYNEGBfWECDl968CqteZRIHJfKdvWJ\n"
    "+T1SYVwLifQJKnPUwuc0BrLyzyoBiFJfPQ==\n"
    "-----END EC PRIVATE KEY-----\n";

/// RSASSA-PKCS1-v1_5 with SHA-256 of "hello" by rsa_key, made by `openssl dgst -sha256 -sign`.
constexpr const char* rsa_of_hello =
    "dWY/Jx+olufH5Q2bDF0LLWiBLAjWlWrV0x/4VLvEv9Nmv5m0lFbqTjBu7ck/GbJ3WuHvH3V/epKrHNINIKf3uS8PZcg3TTLd2PcoyKRBC9U9d08wpyag/b5l/imAnfD0WwMz+BIxZEmsNljdXQEHb2WwWv+Nslo0LgoCXzCHV3I=";

} // namespace

TEST_CASE("the example of RFC 8463 appendix A", "[edge][dkim]") {
    const auto key = edge::read_dkim_key(rfc8463_key, "");
    REQUIRE(key);
    CHECK((*key)->algorithm() == DkimAlgorithm::ed25519_sha256);
    const std::string header = crlf("From: Joe SixPack <joe@football.example.com>\n"
                                    "To: Suzie Q <suzie@shopping.example.net>\n"
                                    "Subject: Is dinner ready?\n"
                                    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
                                    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n\n");
    const std::string body = crlf("Hi.\n\nWe lost the game.  Are you hungry yet?\n\nJoe.\n\n");
    const std::string hash = encoding::to_base64(*(*key)->sha256(relaxed_body(body)));
    CHECK(hash == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    const std::string field = crlf("DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n"
                                   " d=football.example.com; i=@football.example.com;\n"
                                   " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n"
                                   " subject : date : message-id : from : subject : date;\n"
                                   " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n b=");
    const std::vector<std::string> names = {"from", "to",      "subject", "date",
                                            "message-id", "from", "subject", "date"};
    const auto signature = (*key)->sign(signed_octets(header, names, field));
    REQUIRE(signature);
    CHECK(encoding::to_base64(*signature) ==
          "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
}

TEST_CASE("RSA signs as openssl does", "[edge][dkim]") {
    for (const auto& [pem, passphrase] : {std::pair{rsa_key, ""}, std::pair{encrypted_rsa_key, "secret"}}) {
        const auto key = edge::read_dkim_key(pem, passphrase);
        REQUIRE(key);
        CHECK((*key)->algorithm() == DkimAlgorithm::rsa_sha256);
        CHECK(encoding::to_base64(*(*key)->sign("hello")) == rsa_of_hello);
    }
}

TEST_CASE("keys that cannot be used", "[edge][dkim]") {
    CHECK_FALSE(edge::read_dkim_key("", ""));
    CHECK_FALSE(edge::read_dkim_key("hello", ""));
    CHECK_FALSE(edge::read_dkim_key(std::string(100'000, 'x'), ""));
    CHECK_FALSE(edge::read_dkim_key(encrypted_rsa_key, ""));
    CHECK_FALSE(edge::read_dkim_key(encrypted_rsa_key, "wrong"));
    CHECK_FALSE(edge::read_dkim_key(encrypted_rsa_key, std::string(5000, 'x')));
    CHECK(edge::read_dkim_key(short_rsa_key, "").error().why.find("1024") != std::string::npos);
    CHECK(edge::read_dkim_key(ec_key, "").error().why.find("Ed25519") != std::string::npos);
}
