import Foundation

/// `make long`: what `make test` samples is gone through whole.
let isLong = getenv("TRIAGED_LONG") != nil
