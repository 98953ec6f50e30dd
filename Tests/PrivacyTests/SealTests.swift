import FanzhaCatalogue
import Foundation
import TestSupport
import Testing

@testable import FanzhaPrivacy

@Suite struct SealTests {
  private let plain = Data("户名张三".utf8)

  private func problem<Value>(_ work: () throws -> Value) -> Problem? {
    do {
      _ = try work()
      return nil
    } catch {
      return (error as? Diagnostic)?.problem
    }
  }

  @Test func opensWithTheSameKeyAtTheSamePlaceOnly() throws {
    let seal = Seal(key: Data(repeating: 1, count: 32)), other = Seal(key: Data(repeating: 2, count: 32))
    let sealed = try seal.close(plain, at: "a/turn")
    #expect(try seal.open(sealed, at: "a/turn") == plain)
    #expect(problem { try other.open(sealed, at: "a/turn") } == .sealDoesNotOpen)
    #expect(problem { try seal.open(sealed, at: "b/turn") } == .sealDoesNotOpen)
    var changed = sealed
    changed[changed.endIndex - 1] ^= 1
    #expect(problem { try seal.open(changed, at: "a/turn") } == .sealDoesNotOpen)
    #expect(problem { try seal.open(Data(), at: "a/turn") } == .sealDoesNotOpen)
  }

  @Test func theKeyIsMadeOnceAndForItsOwnerOnly() throws {
    let folder = try TemporaryFolder()
    let file = KeyFile(path: folder.path + "/deep/journal.key")
    #expect(try file.existingSeal() == nil)
    let sealed = try file.seal().close(plain, at: "x")
    #expect(try file.seal().open(sealed, at: "x") == plain)
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func whatIsWrongWithAKeyIsSaid() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/journal.key"
    try folder.write("journal.key", "short")
    chmod(path, 0o600)
    #expect(problem { try KeyFile(path: path).seal() } == .keyMalformed)
    chmod(path, 0o644)
    #expect(problem { try KeyFile(path: path).seal() } == .keyReadableByOthers)
    guard case .folderUnusable? = problem({ try KeyFile(path: "/proc/nowhere/journal.key").seal() }) else {
      Issue.record("a folder that cannot be made is said so")
      return
    }
  }
}
