/// The version of the program: what it finds fault with, and what it can read, may change with it.
public enum ProgramVersion {
  /// Raised when a rulebook may be refused that was accepted before (new findings), and at every release.
  public static let current = "0.2.0"
}
