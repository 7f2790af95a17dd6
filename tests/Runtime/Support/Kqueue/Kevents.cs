namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>What kqueue(2) names, in the numbers of &lt;sys/event.h&gt; and &lt;errno.h&gt;: of macOS and FreeBSD alike.</summary>
internal static class Kevents
{
    public const short Read = -1;
    public const short Write = -2;

    // What is to be done.
    public const ushort Add = 0x0001;
    public const ushort Delete = 0x0002;
    public const ushort Enable = 0x0004;
    public const ushort Disable = 0x0008;

    // How it is to be reported.
    public const ushort OneShot = 0x0010;
    public const ushort Clear = 0x0020;
    public const ushort Receipt = 0x0040;
    public const ushort Dispatch = 0x0080;

    // What is told.
    public const ushort Error = 0x4000;
    public const ushort End = 0x8000;

    // Of the read and write filters.
    public const uint LowWater = 0x0001;

    // Of the user filter.
    public const uint Trigger = 0x01000000;
    public const uint FlagsAnd = 0x40000000;
    public const uint FlagsOr = 0x80000000;
    public const uint FlagsCopy = 0xC0000000;
    public const uint FlagsControl = 0xC0000000;
    public const uint FlagsMask = 0x00FFFFFF;

    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int BadDescriptor = 9;
    public const int Invalid = 22;
}
