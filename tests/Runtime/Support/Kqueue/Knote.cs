using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>
/// One filter of one identifier. Its epoll is edge-triggered, so that it becomes ready with each thing that happens; what stays true is made ready again
/// each time it was told, unless <c>EV_CLEAR</c> says that it is not.
/// </summary>
internal sealed unsafe class Knote : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>What is kept of the flags with which it was added: later ones do not change it.</summary>
    private const ushort KeptFlags = Kevents.OneShot | Kevents.Clear | Kevents.Receipt | Kevents.Dispatch;

    private readonly EpollSet _happened = new();
    private readonly bool _isUser;
    private readonly ulong _identity;

    /// <summary>The socket; of a user filter, an eventfd that is never read.</summary>
    private readonly int _source;
    private readonly uint _events;
    private uint _filterFlags;
    private nint _data;
    private ulong _userData;
    private bool _isTriggered;

    public Knote(in KernelEvent change, ulong key, bool isUser, ulong identity)
    {
        Identifier = change.Identifier;
        Filter = change.Filter;
        Flags = (ushort)(change.Flags & KeptFlags);
        Key = key;
        _isUser = isUser;
        _identity = identity;
        _source = isUser ? Libc.EventDescriptor(0, NonBlocking | CloseOnExec) : (int)Identifier;
        _events = EpollSet.EdgeTriggered | (isUser ? EpollSet.In : Filter == Kevents.Read ? EpollSet.In | EpollSet.ReadHangUp : EpollSet.Out);
        _happened.Add(_source, _events, Key);
    }

    public nuint Identifier { get; }

    public short Filter { get; }

    public ushort Flags { get; }

    /// <summary>What the queue knows it by; never 0.</summary>
    public ulong Key { get; }

    /// <summary>Readable when there is something to look at.</summary>
    public int Descriptor => _happened.Descriptor;

    /// <summary>Whether the queue watches it.</summary>
    public bool IsEnabled { get; set; }

    /// <summary>Whether its socket was closed, whatever has the number now.</summary>
    public bool IsGone => !_isUser && (SocketFacts.Identify(Identifier, out ulong identity) != 0 || identity != _identity);

    /// <summary>Takes over what a change brings.</summary>
    public void Touch(in KernelEvent change)
    {
        _userData = change.UserData;
        if (!_isUser)
        {
            _filterFlags = change.FilterFlags;
            _data = change.Data;
            Rearm();
            return;
        }

        uint flags = change.FilterFlags & Kevents.FlagsMask;
        _filterFlags = (change.FilterFlags & Kevents.FlagsControl) switch
        {
            Kevents.FlagsAnd => _filterFlags & flags,
            Kevents.FlagsOr => _filterFlags | flags,
            Kevents.FlagsCopy => flags,
            _ => _filterFlags,
        };
        _data = change.Data;
        if ((change.FilterFlags & Kevents.Trigger) != 0)
        {
            _isTriggered = true;
            ulong one = 1;
            _ = Libc.Write(_source, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>What it reports, if what it waits for is so.</summary>
    public KernelEvent? Look(SimulatedKernel kernel)
    {
        bool hasFinished = Filter == Kevents.Write && SocketFacts.HasFinished((int)Identifier);
        Span<(uint Events, ulong Key)> happened = stackalloc (uint, ulong)[1];
        if (_happened.Wait(happened, 0) <= 0)
        {
            return null;
        }

        KernelEvent told = new() { Identifier = Identifier, Filter = Filter, Flags = Flags, UserData = _userData };
        if (_isUser)
        {
            if (!_isTriggered)
            {
                return null;
            }

            told.FilterFlags = _filterFlags;
            told.Data = _data;
            _isTriggered = (Flags & Kevents.Clear) == 0;
        }
        else if (!SocketFacts.Fill(ref told, hasFinished, happened[0].Events, (_filterFlags & Kevents.LowWater) != 0 ? _data : 1, kernel.CutsMarks))
        {
            return null;
        }

        if ((Flags & Kevents.Clear) == 0)
        {
            Rearm();
        }

        return told;
    }

    public void Dispose()
    {
        _happened.Dispose();
        if (_isUser)
        {
            _ = Libc.Close(_source);
        }
    }

    private void Rearm() => _happened.Modify(_source, _events, Key);
}
