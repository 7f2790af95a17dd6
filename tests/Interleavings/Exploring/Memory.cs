using System.Runtime.CompilerServices;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>
/// Reads and writes as a processor with store buffers makes them: what a thread has written it sees itself at once, others when it leaves the buffer. That a
/// write is seen after a later read of the same thread is the one reordering of x64; on weaker processors <c>Volatile</c> forbids the others.
/// </summary>
internal static class Memory
{
    /// <summary>A read: what the thread itself wrote last, or else what is seen by all.</summary>
    internal static T Read<T>(Controlled current, ref T location, Site site)
    {
        if (current.Run.Find(ref Unsafe.As<T, byte>(ref location)) is { } place)
        {
            object target = place;
            current.Run.Look(current, target, new Step(current.Name, "Read", site));
            foreach (Store store in current.Stores.Reverse())
            {
                if (store.Target.Equals(target))
                {
                    return ((Store<T>)store).Value;
                }
            }
        }

        return location;
    }

    /// <summary>A write without a fence.</summary>
    internal static void Write<T>(Controlled current, ref T location, T value, Site site)
    {
        if (current.Run.Find(ref Unsafe.As<T, byte>(ref location)) is { } place)
        {
            current.Run.Put(current, place, new Store<T>(place, value, site.Target), new Step(current.Name, "Write", site));
            current.Run.Written(current, place);
            return;
        }

        // It belongs to nobody else; but what was written before is not to be seen later.
        current.Fence();
        location = value;
    }

    /// <summary>A read and a write that are one, with a fence before and after.</summary>
    internal static T Change<T>(ref T location, T operand, Func<T, T, T> change, Site site, [CallerMemberName] string operation = "")
    {
        Controlled? current = Controlled.Current;
        Place? place = current?.Run.Find(ref Unsafe.As<T, byte>(ref location));
        if (current is not null)
        {
            if (current.Run.IsWeak(operation, site))
            {
                T read = Read(current, ref location, site);
                Write(current, ref location, change(read, operand), site);
                return read;
            }

            if (place is not null)
            {
                current.Run.Look(current, place, new Step(current.Name, operation, site));
                current.Commit();
            }
            else
            {
                current.Fence();
            }
        }

        T old = location;
        location = change(old, operand);
        if (place is { } written && !EqualityComparer<T>.Default.Equals(old, location))
        {
            current!.Run.Written(current, written);
        }

        return old;
    }
}
