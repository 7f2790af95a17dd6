using QContinuum.Loops;

namespace QContinuum.Runtime.Tests.Support.Kqueue;

/// <summary>What a change asks for.</summary>
internal sealed partial class SimulatedQueue
{
    /// <summary>Makes one change.</summary>
    /// <returns>0, or its error.</returns>
    private int Change(in KernelEvent change)
    {
        lock (_gate)
        {
            bool isUser = change.Filter == _kernel.UserFilter;
            if (!isUser && change.Filter is not (Kevents.Read or Kevents.Write))
            {
                return Kevents.Invalid;
            }

            ulong identity = 0;
            if (!isUser && SocketFacts.Identify(change.Identifier, out identity) is var error and not 0)
            {
                return error;
            }

            Knote? knote = _knotes.GetValueOrDefault((change.Identifier, change.Filter));
            if (knote is { IsGone: true })
            {
                Drop(knote);
                knote = null;
            }

            if (knote is null)
            {
                if ((change.Flags & Kevents.Add) == 0)
                {
                    return Kevents.NoEntry;
                }

                knote = Attach(change, identity);
            }

            if ((change.Flags & Kevents.Delete) != 0)
            {
                Drop(knote);
                return 0;
            }

            if ((change.Flags & (Kevents.Add | Kevents.Enable | Kevents.Disable)) != 0)
            {
                Enable(knote, (change.Flags & Kevents.Disable) == 0);
            }

            knote.Touch(change);
            return 0;
        }
    }

    private Knote Attach(in KernelEvent change, ulong identity)
    {
        Knote knote = new(change, ++_lastKey, change.Filter == _kernel.UserFilter, identity);
        _knotes[(change.Identifier, change.Filter)] = knote;
        _byKey[knote.Key] = knote;
        return knote;
    }

    private void Drop(Knote knote)
    {
        _knotes.Remove((knote.Identifier, knote.Filter));
        _byKey.Remove(knote.Key);
        knote.Dispose();
    }

    private void Enable(Knote knote, bool isEnabled)
    {
        if (knote.IsEnabled == isEnabled)
        {
            return;
        }

        knote.IsEnabled = isEnabled;
        if (isEnabled)
        {
            _ready.Add(knote.Descriptor, EpollSet.In, knote.Key);
        }
        else
        {
            _ready.Remove(knote.Descriptor);
        }
    }
}
