import Crypto
import FanzhaCatalogue
import Foundation

/// Encrypts what only its owner may read again, and notices any change to it (AES-GCM, 256 bits).
public struct Seal: Sendable {
  private let key: SymmetricKey

  /// - Parameter key: 32 bytes.
  init(key: Data) { self.key = SymmetricKey(data: key) }

  /// - Parameter place: what the sealed value belongs to; it opens nowhere else.
  public func close(_ plain: Data, at place: String) throws -> Data {
    guard let combined = try AES.GCM.seal(plain, using: key, authenticating: Data(place.utf8)).combined else {
      throw CryptoKitError.incorrectParameterSize
    }
    return combined
  }

  /// - Throws: ``Diagnostic`` when the key is another, or the value was changed or moved.
  public func open(_ sealed: Data, at place: String) throws -> Data {
    do {
      return try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: Data(place.utf8))
    } catch {
      throw Diagnostic(.sealDoesNotOpen)
    }
  }
}

/// The key of the seal, in a file of its own.
///
/// Who copies the journal without the key file can read no sealed value. Who can read both as this account can: the
/// key protects copies, not the account. A lost key means that sealed values stay closed for ever; all else remains
/// readable.
public struct KeyFile: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  static let length = 32

  /// Reads the key, making one at the first use.
  ///
  /// - Throws: ``Diagnostic`` when the file cannot be read or made, holds something else, or others may read it.
  public func seal() throws -> Seal {
    if let seal = try existingSeal() { return seal }
    let key = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    try PrivateFile.createFolder(of: path)
    // Two programs may start at once: the first to make the file wins, both use its key.
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    if file >= 0 {
      defer { close(file) }
      let written = key.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard written == key.count, fsync(file) == 0 else {
        unlink(path)
        throw Diagnostic(.keyUnusable(String(cString: strerror(errno))), at: Place(file: path))
      }
    } else if errno != EEXIST {
      throw Diagnostic(.keyUnusable(String(cString: strerror(errno))), at: Place(file: path))
    }
    guard let seal = try existingSeal() else {
      throw Diagnostic(.keyUnusable(String(cString: strerror(ENOENT))), at: Place(file: path))
    }
    return seal
  }

  /// Reads the key if there is one.
  public func existingSeal() throws -> Seal? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Diagnostic(.keyUnusable(String(cString: strerror(errno))), at: Place(file: path))
    }
    guard status.st_mode & 0o077 == 0 else { throw Diagnostic(.keyReadableByOthers, at: Place(file: path)) }
    guard let key = FileManager.default.contents(atPath: path), key.count == Self.length else {
      throw Diagnostic(.keyMalformed, at: Place(file: path))
    }
    return Seal(key: key)
  }
}

/// Files and folders that only their owner may read.
public enum PrivateFile {
  /// Makes the folder of a file, readable by nobody else.
  public static func createFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Diagnostic(.folderUnusable(String(cString: strerror(errno))), at: Place(file: folder))
    }
  }
}
