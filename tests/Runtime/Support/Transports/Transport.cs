namespace QContinuum.Runtime.Tests.Support.Transports;

/// <summary>What carries the bytes of a test.</summary>
public enum Transport
{
    Tcp,

    /// <summary>TCP too, by loops that wait as those of macOS do: on Linux, elsewhere all do.</summary>
    TcpOnKqueue,

    Unix,
    Memory,
}
