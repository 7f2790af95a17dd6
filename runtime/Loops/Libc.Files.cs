using System.Runtime.InteropServices;

namespace QContinuum.Loops;

/// <content>What is asked about files, where .NET has no word for it: never on the data path.</content>
internal static unsafe partial class Libc
{
    /// <summary>Linux's <c>statx</c>, whose layout is the same on every machine.</summary>
    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileFactsOfLinux(int folder, string path, int flags, uint mask, byte* facts);

    [LibraryImport(Library, EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileFacts(string path, byte* facts);

    /// <summary>The same on macOS on x64, where the plain name is that of an older layout.</summary>
    [LibraryImport(Library, EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileFactsOfMacOnX64(string path, byte* facts);

    // Variadic in C, which is another calling convention on Apple's arm64 alone: it is called without the argument that only a file to be made needs.
    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "flock")]
    internal static partial int Lock(int descriptor, int operation);
}
