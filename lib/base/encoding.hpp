#pragma once

/// Everything of `relaytool::encoding`: transfer encodings and charsets of mail.
#include "base/base64.hpp"
#include "base/charset.hpp"
#include "base/quoted_printable.hpp"
#include "base/utf8.hpp"
