/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * frames.h - frames that Linux sent over a veth pair with its offloads off,
 * as tcpdump -w wrote them and tcpdump -S -nn -t printed them; some cut as -s
 * cuts. Only the VLAN tag was put in by hand, before sending.
 */
#ifndef UNIT_FRAMES_H
#define UNIT_FRAMES_H

#include <stdbool.h>
#include <stddef.h>

static const struct captured_frame {
	const char *name;
	bool whole;	     /* TCP's header is in it */
	size_t on_wire;
	const char *tcpdump, *hex;
} captured_frames[] = {
	{
		.name = "SYN with its options",
		.whole = true,
		.on_wire = 74,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 3901272729, win 64240, "
			"options [mss 1460,sackOK,TS val 245203289 ecr 0,nop,wscale 10], length 0",
		.hex =
			"e2252662501afe155e2e7eae08004500003c2d4340004006f9760a0000010a0000029c400050e888"
			"b29900000000a002faf071600000020405b40402080a0e9d8159000000000103030a",
	},
	{
		.name = "SYN-ACK",
		.whole = true,
		.on_wire = 74,
		.tcpdump =
			"IP 10.0.0.2.80 > 10.0.0.1.40000: Flags [S.], seq 3548689929, ack "
			"3901272730, win 65160, options [mss 1460,sackOK,TS val 1449090089 ecr "
			"245203289,nop,wscale 10], length 0",
		.hex =
			"fe155e2e7eaee2252662501a08004500003c00004000400626ba0a0000020a00000100509c40d384"
			"b609e888b29aa012fe8831a00000020405b40402080a565f5c290e9d81590103030a",
	},
	{
		.name = "bare ACK",
		.whole = true,
		.on_wire = 66,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [.], ack 3548689930, win 63, options "
			"[nop,nop,TS val 245203289 ecr 1449090089], length 0",
		.hex =
			"e2252662501afe155e2e7eae0800450000342d4440004006f97d0a0000010a0000029c400050e888"
			"b29ad384b60a8010003f5eb900000101080a0e9d8159565f5c29",
	},
	{
		.name = "data",
		.whole = true,
		.on_wire = 76,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 3901272730:3901272740, ack "
			"3548689930, win 63, options [nop,nop,TS val 245203389 ecr 1449090089], "
			"length 10: HTTP",
		.hex =
			"e2252662501afe155e2e7eae08004500003e2d4540004006f9720a0000010a0000029c400050e888"
			"b29ad384b60a8018003f593900000101080a0e9d81bd565f5c2930313233343536373839",
	},
	{
		.name = "FIN",
		.whole = true,
		.on_wire = 66,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [F.], seq 3901272740, ack "
			"3548689938, win 63, options [nop,nop,TS val 245203490 ecr 1449090190], "
			"length 0",
		.hex =
			"e2252662501afe155e2e7eae0800450000342d4740004006f97a0a0000010a0000029c400050e888"
			"b2a4d384b6128011003f5d7800000101080a0e9d8222565f5c8e",
	},
	{
		.name = "RST of an abort",
		.whole = true,
		.on_wire = 66,
		.tcpdump =
			"IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [R.], seq 1093954447, ack "
			"2805866722, win 63, options [nop,nop,TS val 3139322899 ecr 2032490399], "
			"length 0",
		.hex =
			"e2252662501afe155e2e7eae080045000034a19c4000400685250a0000010a0000029c4100504134"
			"6b8fa73e20e28014003f810b00000101080abb1e44137925579f",
	},
	{
		.name = "RST of a closed port",
		.whole = true,
		.on_wire = 54,
		.tcpdump =
			"IP 10.0.0.2.9 > 10.0.0.1.40002: Flags [R.], seq 0, ack 3336860325, win 0, "
			"length 0",
		.hex =
			"fe155e2e7eaee2252662501a08004500002800004000400626ce0a0000020a00000100099c420000"
			"0000c6e472a550140000c5f80000",
	},
	{
		.name = "RST without ACK",
		.whole = true,
		.on_wire = 54,
		.tcpdump =
			"IP 10.0.0.2.9 > 10.0.0.1.40009: Flags [R], seq 8000, win 0, length 0",
		.hex =
			"fe155e2e7eaee2252662501a08004500002800004000400626ce0a0000020a00000100099c490000"
			"1f400000000050040000e04b0000",
	},
	{
		.name = "SYN with ECN",
		.whole = true,
		.on_wire = 74,
		.tcpdump =
			"IP 10.0.0.1.40007 > 10.0.0.2.80: Flags [SEW], seq 1686121471, win 64240, "
			"options [mss 1460,sackOK,TS val 3345204780 ecr 0,nop,wscale 10], length 0",
		.hex =
			"e2252662501afe155e2e7eae08004500003c292f40004006fd8a0a0000010a0000029c4700506480"
			"2bff00000000a0c2faf07da20000020405b40402080ac763c62c000000000103030a",
	},
	{
		.name = "SYN-ACK with ECN",
		.whole = true,
		.on_wire = 74,
		.tcpdump =
			"IP 10.0.0.2.80 > 10.0.0.1.40007: Flags [S.E], seq 3177038662, ack "
			"1686121472, win 65160, options [mss 1460,sackOK,TS val 1750803804 ecr "
			"3345204780,nop,wscale 10], length 0",
		.hex =
			"fe155e2e7eaee2252662501a08004500003c00004000400626ba0a0000020a00000100509c47bd5d"
			"c34664802c00a052fe886c1d0000020405b40402080a685b255cc763c62c0103030a",
	},
	{
		.name = "urgent data",
		.whole = true,
		.on_wire = 67,
		.tcpdump =
			"IP 10.0.0.1.40007 > 10.0.0.2.80: Flags [P.U], seq 1686121482:1686121483, "
			"ack 3177038671, win 63, urg 1, options [nop,nop,TS val 3345204981 ecr "
			"1750803904], length 1: HTTP",
		.hex =
			"e2252662501afe155e2e7eae080045020035293340004006fd8b0a0000010a0000029c4700506480"
			"2c0abd5dc34f8038003f770d00010101080ac763c6f5685b25c021",
	},
	{
		.name = "SYN behind IPv4 options",
		.whole = true,
		.on_wire = 78,
		.tcpdump =
			"IP 10.0.0.1.40006 > 10.0.0.2.80: Flags [S], seq 3382727747, win 64240, "
			"options [mss 1460,sackOK,TS val 4160547652 ecr 0,nop,wscale 10], length 0",
		.hex =
			"e2252662501afe155e2e7eae0800460000406a9040004006b9240a0000010a000002010101009c46"
			"0050c9a0544300000000a002faf09b4d0000020405b40402080af7fceb44000000000103030a",
	},
	{
		.name = "data behind a VLAN tag",
		.whole = true,
		.on_wire = 80,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 3901272730:3901272740, ack "
			"3548689930, win 63, options [nop,nop,TS val 245203389 ecr 1449090089], "
			"length 10: HTTP",
		.hex =
			"e2252662501afe155e2e7eae8100000708004500003e2d4540004006f9720a0000010a0000029c40"
			"0050e888b29ad384b60a8018003f593900000101080a0e9d81bd565f5c2930313233343536373839",
	},
	{
		.name = "IPv6 SYN",
		.whole = true,
		.on_wire = 94,
		.tcpdump =
			"IP6 fd00::1.40003 > fd00::2.81: Flags [S], seq 1422250855, win 64800, "
			"options [mss 1440,sackOK,TS val 2994820733 ecr 0,nop,wscale 10], length 0",
		.hex =
			"e2252662501afe155e2e7eae86dd6007c48600280640fd000000000000000000000000000001fd00"
			"00000000000000000000000000029c43005154c5d36700000000a002fd20832b0000020405a00402"
			"080ab281567d000000000103030a",
	},
	{
		.name = "IPv6 data",
		.whole = true,
		.on_wire = 96,
		.tcpdump =
			"IP6 fd00::1.40003 > fd00::2.81: Flags [P.], seq 1422250856:1422250866, ack "
			"1861688173, win 64, options [nop,nop,TS val 2994820834 ecr 364583638], "
			"length 10",
		.hex =
			"e2252662501afe155e2e7eae86dd6007c486002a0640fd000000000000000000000000000001fd00"
			"00000000000000000000000000029c43005154c5d3686ef71b6d80180040ee4000000101080ab281"
			"56e215bb1ad630313233343536373839",
	},
	{
		.name = "IPv6 FIN behind destination options",
		.whole = true,
		.on_wire = 94,
		.tcpdump =
			"IP6 fd00::1 > fd00::2: DSTOPT 40004 > 81: Flags [F.], seq 3148584198, ack "
			"208017586, win 64, options [nop,nop,TS val 3757517223 ecr 1155984939], "
			"length 0",
		.hex =
			"e2252662501afe155e2e7eae86dd6001459400283c40fd000000000000000000000000000001fd00"
			"000000000000000000000000000206000104000000009c440051bbab95060c6618b2801100402d67"
			"00000101080adff729a744e6ee2b",
	},
	{
		.name = "data cut behind the headers",
		.whole = true,
		.on_wire = 76,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 3901272730:3901272740, ack "
			"3548689930, win 63, options [nop,nop,TS val 245203389 ecr 1449090089], "
			"length 10: HTTP",
		.hex =
			"e2252662501afe155e2e7eae08004500003e2d4540004006f9720a0000010a0000029c400050e888"
			"b29ad384b60a8018003f593900000101080a0e9d81bd565f5c29",
	},
	{
		.name = "IPv4 first fragment",
		.whole = true,
		.on_wire = 1514,
		.tcpdump =
			"IP 10.0.0.1.40008 > 10.0.0.2.80: Flags [P.], seq 1000:2460, ack 2000, win "
			"500, length 1460: HTTP",
		.hex =
			"e2252662501afe155e2e7eae0800450005dc583620004006e8e30a0000010a0000029c4800500000"
			"03e8000007d0501801f4000000007878787878787878787878787878787878787878787878787878",
	},
	{
		.name = "IPv6 first fragment",
		.whole = true,
		.on_wire = 1510,
		.tcpdump =
			"IP6 fd00::1 > fd00::2: frag (0|1448) 40008 > 80: Flags [P.], seq 1000:2428, "
			"ack 2000, win 500, length 1428: HTTP",
		.hex =
			"e2252662501afe155e2e7eae86dd6005d76f05b02c40fd000000000000000000000000000001fd00"
			"000000000000000000000000000206000001e308f6e69c480050000003e8000007d0501801f40000"
			"0000797979797979797979797979797979797979",
	},
	{
		.name = "options cut short",
		.whole = false,
		.on_wire = 76,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 3901272730:3901272740, ack "
			"3548689930, win 63, options [nop,nop,TS [|tcp]>",
		.hex =
			"e2252662501afe155e2e7eae08004500003e2d4540004006f9720a0000010a0000029c400050e888"
			"b29ad384b60a8018003f593900000101080a0e9d81bd565f5c",
	},
	{
		.name = "TCP header cut short",
		.whole = false,
		.on_wire = 76,
		.tcpdump =
			"IP 10.0.0.1.40000 > 10.0.0.2.80:  [|tcp]",
		.hex =
			"e2252662501afe155e2e7eae08004500003e2d4540004006f9720a0000010a0000029c400050e888"
			"b29ad384b60a8018003f593900",
	},
	{
		.name = "IPv4 later fragment",
		.whole = false,
		.on_wire = 274,
		.tcpdump =
			"IP 10.0.0.1 > 10.0.0.2: ip-proto-6",
		.hex =
			"e2252662501afe155e2e7eae080045000104583600b940060d030a0000010a000002787878787878"
			"78787878787878787878787878787878787878787878787878787878787878787878787878787878",
	},
	{
		.name = "IPv6 later fragment",
		.whole = false,
		.on_wire = 334,
		.tcpdump =
			"IP6 fd00::1 > fd00::2: frag (1448|272)",
		.hex =
			"e2252662501afe155e2e7eae86dd6005d76f01182c40fd000000000000000000000000000001fd00"
			"0000000000000000000000000002060005a8e308f6e6797979797979797979797979797979797979",
	},
	{
		.name = "ARP",
		.whole = false,
		.on_wire = 42,
		.tcpdump =
			"ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
		.hex =
			"fffffffffffffe155e2e7eae08060001080006040001fe155e2e7eae0a0000010000000000000a00"
			"0002",
	},
	{
		.name = "ICMPv6",
		.whole = false,
		.on_wire = 86,
		.tcpdump =
			"IP6 fd00::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has "
			"fd00::2, length 32",
		.hex =
			"3333ff000002fe155e2e7eae86dd6000000000203afffd000000000000000000000000000001ff02"
			"00000000000000000001ff0000028700a4a500000000fd0000000000000000000000000000020101"
			"fe155e2e7eae",
	},
};

#endif
