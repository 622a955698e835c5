#include "base/base64.hpp"
#include "dkim/canonical.hpp"
#include "dkim/sign.hpp"
#include "dkim/verify.hpp"
#include "edge/dkim_crypto.hpp"
#include "edge/dkim_key.hpp"
#include "support/catch.hpp"
#include "support/dkim_examples.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::dkim;
using namespace relaytool::test;

namespace {

/// RFC 8463 appendix A.2 in PKCS #8.
constexpr const char* rfc8463_key = "-----BEGIN PRIVATE KEY-----\n"
                                    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                    "-----END PRIVATE KEY-----\n";

// Keys made for these tests.
constexpr const char* rsa_key = "-----BEGIN RSA PRIVATE KEY-----\n"
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
constexpr const char* encrypted_rsa_key = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
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
constexpr const char* short_rsa_key = "-----BEGIN RSA PRIVATE KEY-----\n"
                                      "MIIBOwIBAAJBAPOmLbYYrolMkBccWheQuoIsNwuXbIi2CzQ//1rBu6uXJEnLhyJa\n"
                                      "dUWcs4i3qfd+QU11hresINKDabqNPbYo2ksCAwEAAQJBAM27YhnCmY3hkkGRdRk0\n"
                                      "4eeMwiYNhF2jqa5C47GUqIznertHWfnszNkOjfSE0z/sK/lQEoKvLVHi/Yq6CPBj\n"
                                      "fTECIQD7YALsxyu5u0mze1zU37ztNOVDhz1KeJVH/6AuBq+1BQIhAPghxxkpTzat\n"
                                      "zy3RZ+9DjtSOaxG95Etb/fSp8zvrHHMPAiA5R/mipwgpvKngwl23DHzquMD9kFXB\n"
                                      "IJUz4OZJVrC3WQIgeps+JOmrkYoaqDoj0C8ioVbqAu9AohgHiWB8pqvK9/MCIQCw\n"
                                      "MxbmAqh2F5Zjl0ieDZGkDz9mQCWnmcUzdJdpOrTdUA==\n"
                                      "-----END RSA PRIVATE KEY-----\n";
constexpr const char* ec_key = "-----BEGIN EC PRIVATE KEY-----\n"
                               "MHcCAQEEIOmPHHphofEtnRe57WtS3lt57KOtclaGkcOHp5Q3qNQPoAoGCCqGSM49\n"
                               "AwEHoUQDQgAE8gNoUJxtpaoTBJC1C3iWb+xYNEGBfWECDl968CqteZRIHJfKdvWJ\n"
                               "+T1SYVwLifQJKnPUwuc0BrLyzyoBiFJfPQ==\n"
                               "-----END EC PRIVATE KEY-----\n";

/// The public half of rsa_key.
const std::string rsa_record =
    "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCjM9Xso0sbz74bjAczBbutEn8FHD4ob1wGimcmy0bodJfrgh5wqyZ+ihc76r4q14qOtKscCWEsZ+09RmyGwF/3557ut89SdRDhEra/Y9zp2trUdmGTFw5e4eOKJVdWXGPn16SSqb3byDwjkMfOYzPNnYCOqtxlywT1shRnNJyVIQIDAQAB";

/// RSASSA-PKCS1-v1_5 with SHA-256 of "hello" by rsa_key, made by `openssl dgst -sha256 -sign`.
constexpr const char* rsa_of_hello =
    "dWY/Jx+olufH5Q2bDF0LLWiBLAjWlWrV0x/4VLvEv9Nmv5m0lFbqTjBu7ck/GbJ3WuHvH3V/epKrHNINIKf3uS8PZcg3TTLd2PcoyKRBC9U9d08wpyag/b5l/imAnfD0WwMz+BIxZEmsNljdXQEHb2WwWv+Nslo0LgoCXzCHV3I=";

} // namespace

TEST_CASE("the example of RFC 8463 appendix A", "[edge][dkim]") {
    const auto key = edge::read_dkim_key(rfc8463_key, "");
    REQUIRE(key);
    CHECK((*key)->algorithm() == Algorithm::ed25519_sha256);
    const Header header = read_header(rfc8463_message);
    const auto body = (*key)->sha256();
    add_body(**body, std::string_view(rfc8463_message).substr(header.body), Canon::relaxed);
    CHECK(encoding::to_base64((*body)->finish()) == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    const Field& own = header.fields.front();
    const Signature signature = read_signature(own.value);
    const auto digest = (*key)->sha256();
    add_header(**digest, select(header, signature.signed_fields, &own), own, Canon::relaxed);
    CHECK(*(*key)->sign((*digest)->finish()) == signature.signature);
}

TEST_CASE("what is signed here is verified here", "[edge][dkim]") {
    FakeDns dns;
    dns.txt("ed._domainkey.example.com", rfc8463_ed25519_record);
    dns.txt("rsa._domainkey.example.com", rsa_record);
    dns::Cache cache(dns);
    const edge::DkimCrypto crypto;
    std::string message = crlf("From: a@example.com\nTo: b@example.org\nSubject: one\n two\n\nHi  you\n\n");
    for (const auto& [pem, selector] : {std::pair{rfc8463_key, "ed"}, std::pair{rsa_key, "rsa"}}) {
        const auto key = edge::read_dkim_key(pem, "");
        REQUIRE(key);
        message.insert(0, sign_message(message, {"example.com", selector}, **key, 1528637909).value());
    }
    const auto results = verify(message, Body::there, cache, crypto, 1528637909);
    REQUIRE(results.size() == 2);
    for (const Verification& result : results)
        CHECK(to_string(result.reason) == "matched");
}

TEST_CASE("RSA signs as openssl does", "[edge][dkim]") {
    for (const auto& [pem, passphrase] : {std::pair{rsa_key, ""}, std::pair{encrypted_rsa_key, "secret"}}) {
        const auto key = edge::read_dkim_key(pem, passphrase);
        REQUIRE(key);
        CHECK((*key)->algorithm() == Algorithm::rsa_sha256);
        const auto digest = (*key)->sha256();
        (*digest)->add("hello");
        CHECK(encoding::to_base64(*(*key)->sign((*digest)->finish())) == rsa_of_hello);
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
