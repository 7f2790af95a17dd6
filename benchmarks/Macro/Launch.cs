using System.Reflection;

namespace QContinuum.Benchmarks.Macro;

/// <summary>A program that is measured, or that measures: a name for the tables, a command, and a variable of its environment if it needs one.</summary>
internal sealed record Launch(string Name, string[] Command, (string Name, string Value)? Variable = null)
{
    /// <summary>It may run on two cores, of which one is the load's where the machine has no third.</summary>
    public bool OnTwoCores { get; init; }

    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    /// <summary>The sample as shipped: no variable, no default changed.</summary>
    public static Launch Echo(int loops = 1) => new("Echo", ["dotnet", Assembly("samples/Echo", "Echo"), "--port", "0", "--loops", $"{loops}"]);

    /// <summary>Its reads complete on the thread that has the event, which is faster than the thread pool.</summary>
    public static Launch Kestrel { get; } = new(
        "Kestrel", ["dotnet", Assembly("benchmarks/Peers/Kestrel", "Kestrel")], ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"));

    /// <summary>A server of the benchmarks: <c>inline</c>, <c>queued</c>, <c>channel</c>, <c>channel-of-reads</c> or <c>group</c>.</summary>
    public static Launch Processor(string name, string processor, int loops = 1)
        => new(name, ["dotnet", Assembly("benchmarks/Peers/Processors", "Processors"), processor, $"{loops}"]);

    public static Launch BareC => new("bare C", [CompiledC.Build("Peers/bare.c")]);

    /// <summary>Bytes back as they come, unread.</summary>
    public static Launch Relay => new("relay in C", [CompiledC.Build("Peers/relay.c")]);

    /// <summary>Null where the library is not installed.</summary>
    public static Launch? Libevent => CompiledC.TryBuild("Peers/libevent.c", "-levent_core") is { } path ? new("libevent", [path]) : null;

    /// <summary>Null where netty is not installed.</summary>
    public static Launch? Netty => CompiledJava.TryBuild() is { } command ? new("netty", command) : null;

    private static string Assembly(string folder, string name) => Path.Combine(Root, folder, Metadata("Output"), $"{name}.dll");

    private static string Metadata(string key)
        => typeof(Launch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
}
