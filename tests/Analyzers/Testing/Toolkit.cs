using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace QContinuum.Analyzers.Tests.Testing;

/// <summary>What the code under test is compiled against: the framework as the SDK ships it, the real runtime, the real MessagePack.</summary>
internal static class Toolkit
{
    /// <summary>Nothing is downloaded: the name only tells the testing library the target.</summary>
    public static ReferenceAssemblies Framework { get; } = new("net10.0");

    /// <summary>Where the SDK that runs this test is installed.</summary>
    public static string DotNetRoot { get; } = Environment.GetEnvironmentVariable("DOTNET_ROOT")
        ?? Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public static ImmutableArray<string> FrameworkPaths { get; } = [.. Directory.GetFiles(ReferencePack(), "*.dll")];

    public static ImmutableArray<string> LibraryPaths { get; } =
    [
        typeof(Peer).Assembly.Location,
        typeof(MessagePackObjectAttribute).Assembly.Location,
        typeof(MessagePackSerializer).Assembly.Location,
    ];

    public static ImmutableArray<MetadataReference> FrameworkReferences { get; } = [.. FrameworkPaths.Select(static path => MetadataReference.CreateFromFile(path))];

    public static ImmutableArray<MetadataReference> LibraryReferences { get; } = [.. LibraryPaths.Select(static path => MetadataReference.CreateFromFile(path))];

    /// <summary>The newest directory of a series such as <c>10.0.1</c>, <c>10.0.12</c>.</summary>
    public static string Newest(string directory, string pattern)
        => Directory.GetDirectories(directory, pattern).OrderBy(static path => Version.Parse(Path.GetFileName(path).Split('-')[0])).Last();

    private static string ReferencePack()
        => Path.Combine(Newest(Path.Combine(DotNetRoot, "packs", "Microsoft.NETCore.App.Ref"), "10.0.*"), "ref", "net10.0");
}
