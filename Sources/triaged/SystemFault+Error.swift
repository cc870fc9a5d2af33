import Foundation
import TriageCore
import TriageDaemon

extension SystemFault {
  /// What Foundation threw: the refusal of the system behind it, where there is one.
  init(_ error: any Error) {
    var found = error as NSError
    while found.domain != NSPOSIXErrorDomain, let below = found.userInfo[NSUnderlyingErrorKey] as? NSError {
      found = below
    }
    self =
      found.domain == NSPOSIXErrorDomain
      ? SystemFault(Int32(truncatingIfNeeded: found.code)) : .words(error.localizedDescription)
  }
}
