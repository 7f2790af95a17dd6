namespace QContinuum.Runtime.Tests.Support.Transports;

/// <summary>What carries the bytes of a test.</summary>
public enum Transport
{
    Tcp,
    Unix,
    Memory,
}
